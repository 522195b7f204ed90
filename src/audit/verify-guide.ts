/** VERIFY.md of an export: what to type, with openssl and coreutils alone, and what each line shows. */
export const verifyGuide = (origin: string): string => `# How to check this export

You need the key of the log that you were given when the log began (a line like \`${origin}+…\`, the *pin*), from
the company itself and not from this folder. Whoever could change this folder could change the keys in it.

Run these lines in this folder. Each must succeed. They use sh, coreutils and OpenSSL 3, nothing of ours.

\`\`\`sh
# 1. The files are as they were exported (a check of the copy, not of the log).
sha256sum --quiet -c SHA256SUMS
# 2. The head of the log is signed by the key in keys/log.pub.pem.
openssl pkeyutl -verify -pubin -inkey keys/log.pub.pem -rawin -in checkpoint.txt -sigfile checkpoint.note.sig
# 3. checkpoint.txt and checkpoint.note.sig are the two parts of log/checkpoint, a C2SP signed note.
head -n 3 log/checkpoint | cmp - checkpoint.txt
tail -n 1 log/checkpoint | cut -d ' ' -f 3 | base64 -d | tail -c 64 | cmp - checkpoint.note.sig
# 4. keys/log.pub.pem is the key of keys/log.vkey. Compare keys/log.vkey with your pin, by eye or with grep -F.
test "$(openssl pkey -pubin -in keys/log.pub.pem -outform DER | tail -c 32 | base64)" = "$(cut -d + -f 3- keys/log.vkey | base64 -d | tail -c 32 | base64)"
\`\`\`

\`log/\` is a static tree as c2sp.org/tlog-tiles describes it: any tool for such logs can hash the entries and
compare the root with the third line of the checkpoint.

Everything at once, with the seals of the instances, the chain of each boot and the meaning of the records:

    douane audit verify . --pin FILE

It ends with 0 (all checks hold), 1 (tampered), 2 (incomplete) or 3 (cannot decide, for example without a pin).
Two more programs check the same and answer with the same codes, written apart from it: \`verifiers/go\` (with the note
and tree of golang.org/x/mod) and \`verifiers/python\` (standard library and \`cryptography\`), in Douane's source.

\`entries.jsonl\` is for reading; the authority is the bytes under \`log/tile/entries\`. The log shows what went
through Douane. It cannot show what went round it.
`
