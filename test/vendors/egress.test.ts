import { describe, expect, it } from "vitest";
import { checkBaseUrl, isPublic } from "../../src/vendors/egress.ts";

const vendor = { title: "Burki", hosts: ["api.burki.dev", ".burki.example"] };

describe("checkBaseUrl", () => {
  it.each([
    "https://api.burki.dev",
    "https://api.burki.dev/",
    "https://API.burki.dev:443",
    "https://eu.burki.example",
  ])("takes the vendor's own address %s", (baseUrl) => {
    expect(checkBaseUrl(vendor, baseUrl, [])).toEqual({
      ok: true,
      origin: new URL(baseUrl).origin,
    });
  });

  it.each([
    "",
    "burki",
    "http://api.burki.dev",
    "https://api.burki.dev:8443",
    "https://api.burki.dev.evil.example",
    "https://evilapi.burki.dev",
    "https://burki.example",
    "https://evilburki.example",
    "https://api.burki.dev@evil.example",
    "https://u:p@api.burki.dev",
    "https://api.burki.dev/v1",
    "https://api.burki.dev?x",
    "https://api.burki.dev#x",
    "ftp://api.burki.dev",
    "javascript:alert(1)",
    "https://127.0.0.1",
    "https://api.burki.dev.",
    "https://api.burkı.dev",
    "file:///etc/passwd",
    "//api.burki.dev",
  ])("F44: refuses %o, in a sentence", (baseUrl) => {
    const reading = checkBaseUrl(vendor, baseUrl, []);
    expect(reading).toEqual({ ok: false, sentence: expect.stringMatching(/^[A-Z1a-z].*\.$/) });
  });

  it("takes what the operator allows, plain and private as it may be, and no other port of it", () => {
    const allow = [
      "127.0.0.1:8080",
      "::1:9000",
      "[fd00::1]:9001",
      "Dograh.internal:443",
      "plain.internal:80",
    ];
    for (const baseUrl of [
      "http://127.0.0.1:8080",
      "http://2130706433:8080",
      "http://[::1]:9000",
      "http://[fd00:0::1]:9001",
      "https://dograh.internal",
      "http://plain.internal",
    ]) {
      expect(checkBaseUrl(vendor, baseUrl, allow)).toMatchObject({ ok: true });
    }
    for (const baseUrl of [
      "http://127.0.0.1:8081",
      "http://dograh.internal",
      "https://plain.internal",
      "ftp://127.0.0.1:8080",
    ]) {
      expect(checkBaseUrl(vendor, baseUrl, allow)).toMatchObject({ ok: false });
    }
  });

  it("is not troubled by an allow list with nonsense in it", () => {
    expect(checkBaseUrl(vendor, "http://127.0.0.1:80", ["", "a b:80", "x", ":"])).toMatchObject({
      ok: false,
    });
  });
});

describe("isPublic", () => {
  it.each(["8.8.8.8", "1.1.1.1", "203.0.114.1", "2606:4700::1111", "2a00:1450::1"])(
    "%s is",
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  it.each([
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8.8",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:c0a8:101::",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "4000::1",
    "",
    "localhost",
    "8.8.8.8:80",
  ])("%s is not", (address) => {
    expect(isPublic(address)).toBe(false);
  });
});
