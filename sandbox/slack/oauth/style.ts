export const style = `
body { margin: 0; background: #f8f8f8; color: #1d1c1d; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 8px; }
h1 { font-size: 1.5rem; font-weight: 400; text-align: center; }
h2 { font-size: 1.125rem; }
code { color: #616061; font-size: 0.8125rem; }
select, button { font: inherit; padding: 0.4rem 0.9rem; border: 1px solid #868686; border-radius: 4px; }
button { background: #fff; font-weight: 600; }
.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.where { display: flex; justify-content: flex-end; align-items: center; gap: 0.5rem; font-size: 0.875rem; }
.where select { min-width: 0; }
.decide { display: flex; justify-content: flex-end; gap: 0.75rem; }
:focus-visible { outline: 3px solid #1264a3; outline-offset: 2px; }
`;
