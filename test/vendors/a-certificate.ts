import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const time = (text: string) => der(0x17, Buffer.from(text));
const nameOf = (text: string) =>
  sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
const extension = (hex: string, value: Buffer) => sequence(oid(hex), der(0x04, value));
const ecdsaSha256 = sequence(oid("2a8648ce3d040302"));

interface Certificate {
  key: string;
  cert: string;
}

/** One that vouches for others. */
export interface Authority extends Certificate {
  name: string;
  privateKey: KeyObject;
}

interface CertificateOptions {
  /** Who it is for; "localhost" unless said. */
  name?: string;
  /** Who vouches for it; itself if left out, which nobody should trust. */
  by?: Authority;
  /** May it vouch for others? */
  authority?: boolean;
  /** IPv4 address it is good for. */
  address?: string;
  /** Host name it is good for. */
  host?: string;
  /** As YYMMDD. */
  until?: string;
}

let serial = 0;

/** A fresh key and a certificate, made by hand. */
export function aCertificate(options: CertificateOptions = {}): Authority {
  const { name = "localhost", by, until = "491231" } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  serial += 1;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([serial & 0x7f])),
    ecdsaSha256,
    nameOf(by?.name ?? name),
    sequence(time("200101000000Z"), time(`${until}235959Z`)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    ...extensionsOf(options),
  );
  const signature = sign("sha256", body, by?.privateKey ?? privateKey);
  const cert = sequence(body, ecdsaSha256, der(0x03, Buffer.from([0]), signature));
  return {
    name,
    privateKey,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

function extensionsOf({ authority, address, host }: CertificateOptions): Buffer[] {
  const names = [
    ...(host ? [der(0x82, Buffer.from(host))] : []),
    ...(address ? [der(0x87, Buffer.from(address.split(".").map(Number)))] : []),
  ];
  const all = [
    ...(authority ? [extension("551d13", sequence(der(0x01, Buffer.from([0xff]))))] : []),
    ...(names.length > 0 ? [extension("551d11", sequence(...names))] : []),
  ];
  return all.length > 0 ? [der(0xa3, sequence(...all))] : [];
}
