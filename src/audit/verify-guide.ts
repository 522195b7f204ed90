/** VERIFY.md of an export: what to type, with openssl and coreutils alone, and what each line shows. */
const fence = '```'

const certifiedGuide = String.raw`
The head is signed twice more, by a certified P-256 key, for tools that know certificates. keys/root.pem is only a
copy: use the root certificate that you were given, and compare it with this one.

${fence}sh
# 5. CMS (CAdES-B-B). Years later, when the certificate has expired, add: -attime SECONDS (a time at which it held).
openssl cms -verify -cades -binary -inform DER -in checkpoint.p7s -content checkpoint.txt -CAfile keys/root.pem -out /dev/null
# 6. JWS (ES256): its payload is the checkpoint, its signature that of the key in keys/chain.pem, from the same root.
unb64() { tr '_-' '/+' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | base64 -d; }
field() { cut -d '"' -f "$1" checkpoint.jws | tr -d '\n'; }
field 4 | unb64 | cmp - checkpoint.txt
work=$(mktemp -d)
{ field 8; printf .; field 4; } > "$work/signed"
field 12 | unb64 | od -An -v -tx1 | tr -d ' \n' | awk '{ print "asn1=SEQUENCE:rs\n[rs]\nr=INTEGER:0x" substr($0, 1, 64) "\ns=INTEGER:0x" substr($0, 65) }' > "$work/rs"
openssl asn1parse -genconf "$work/rs" -noout -out "$work/signature"
openssl x509 -in keys/chain.pem -noout -pubkey > "$work/key"
openssl dgst -sha256 -verify "$work/key" -signature "$work/signature" "$work/signed"
openssl verify -CAfile keys/root.pem -untrusted keys/chain.pem keys/chain.pem
rm -r "$work"
${fence}
`

const timestampGuide = String.raw`
An outside authority stamped the head (RFC 3161): it was there, as it is, at that time. keys/tsa-root.pem is only a
copy: use the root certificate that the authority itself publishes. Years later, when its certificate has expired, add
-attime SECONDS to the lines that verify. A CMS of this export carries a second stamp, over its own signature. The answer
is kept without what the authority did not sign: words beside its status, certificates that are not needed.

${fence}sh
# 7. The stamp is of this text, by that authority.
openssl ts -verify -data checkpoint.txt -in checkpoint.tsr -CAfile keys/tsa-root.pem
# 8. It answers the question that was asked (its nonce).
openssl ts -verify -queryfile checkpoint.tsq -in checkpoint.tsr -CAfile keys/tsa-root.pem
# 9. When.
openssl ts -reply -in checkpoint.tsr -text | grep '^Time stamp:'
${fence}
`

/** What somebody who may see only some clients did not get, and what that leaves to be checked. */
const limitedGuide = ({ clients, leftOut }: Limited): string => `## What was left out
This export was made for a reader who may see these clients: ${clients.join(', ')}. Left out, because it concerns others:

${leftOut.map((line) => `- ${line}`).join('\n')}

The tree under \`log/\` is whole, or nothing could be checked: a record holds ids and counts, no value of a person, and the
details that can be erased are in no export. All that is said above holds. What cannot be checked here: that the files
under \`policy-parts/\` are those of their digest, which takes all files of the policy.

`

interface Limited {
  readonly clients: readonly string[]
  readonly leftOut: readonly string[]
}

/** @param holds what the export holds besides: JWS and CMS, a time-stamp */
export const verifyGuide = (
  origin: string,
  folder: string,
  {
    certified,
    timestamp,
    limited,
  }: { readonly certified: boolean; readonly timestamp: boolean; readonly limited?: Limited | undefined },
): string => `# How to check this export

You need the key of the log that you were given when the log began (a line like \`${origin}+…\`, the *pin*), from
the company itself and not from this folder. Whoever could change this folder could change the keys in it.

Run these lines in this folder. Each must succeed. They use sh, awk, coreutils and OpenSSL 3, nothing of ours.

\`\`\`sh
# 1. The files are as they were exported (a check of the copy, not of the log).
sha256sum --quiet -c SHA256SUMS
# 2. The head of the log is signed by the key in keys/log.pub.pem.
openssl pkeyutl -verify -pubin -inkey keys/log.pub.pem -rawin -in checkpoint.txt -sigfile checkpoint.note.sig
# 3. checkpoint.txt and checkpoint.note.sig are the two parts of ${folder}/checkpoint, a C2SP signed note.
#    (A key that was replaced a short while ago, or a witness, may have signed beside it.)
head -n 3 ${folder}/checkpoint | cmp - checkpoint.txt
grep -F -- "— $(head -n 1 ${folder}/checkpoint) " ${folder}/checkpoint | tail -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c 64 | cmp - checkpoint.note.sig
# 4. keys/log.pub.pem is the key of keys/log.vkey. Compare keys/log.vkey with your pin, by eye or with grep -F. If the
#    company has replaced the key since, they differ: then each line of keys/log.rotations.jsonl announces a key
#    ("new"), signed by the one before ("old", "sig"), the first of them from yours or an earlier one.
test "$(openssl pkey -pubin -in keys/log.pub.pem -outform DER | tail -c 32 | base64)" = "$(cut -d + -f 3- keys/log.vkey | base64 -d | tail -c 32 | base64)"
\`\`\`

${
  certified
    ? `${certifiedGuide.trimStart()}
`
    : ''
}${
  timestamp
    ? `${timestampGuide.trimStart()}
`
    : ''
}${
  folder === 'log'
    ? ''
    : `The log has a new tree each half-year: \`log/\` and the \`log-…/\` beside it, each a tree by itself under an origin of its
own. The first record of a later one names origin, size and root of the final head of the one before. The first tree has
the plain name of the log, whatever the half-year in which it began; each later one that of the half-year in which it begins.

`
}\`log/\` is a static tree as c2sp.org/tlog-tiles describes it: any tool for such logs can hash the entries and
compare the root with the third line of the checkpoint.

Everything at once, with the seals of the instances, the chain of each boot and the meaning of the records:

    douane audit verify . --pin FILE${certified ? ' --pin-root ROOT.pem' : ''}${timestamp ? ' --pin-tsa TSA-ROOT.pem' : ''}

It ends with 0 (all checks hold), 1 (tampered), 2 (incomplete) or 3 (cannot decide: without a pin, of a log that is not
pinned, of an export whose MANIFEST.json names a form (\`format\`) that the program does not know).
Two more programs check the same and answer with the same codes, written apart from it: \`verifiers/go\` (with the note
and tree of golang.org/x/mod) and \`verifiers/python\` (standard library and \`cryptography\`), in Douane's source.

Somebody who changes a file and corrects SHA256SUMS is noticed by all three, wherever in the log, its head, its signatures,
time-stamps and copies of keys it is. A file that SHA256SUMS does not list is tampering where an export keeps files of its
own (\`log\`, \`access\` and their later trees, \`keys\`, \`views\`, \`policies\`, \`policy-parts\`, the names at the top); anywhere else,
or if its name begins with a dot, it is told of and was not looked at. Not covered by any signature: this text; the time of making in MANIFEST.json;
\`views/\`, which is made from the records and is for reading; white space after the PEM of the log's key. Whoever takes
away all certificates, or all time-stamps, or puts his own in their place, is noticed only by who pinned a root. Anyone can
write an ECDSA signature in a second form (r, n − s), which says the same.

Who may seal can change: a \`key\` record \`enrol.rotated\` announces the key that certifies the boots after it, signed by the
one before (compare keys/enrol.vkey with your pin; if they differ, these records lead from yours to it), and one that says
\`instance.revoked\` ends the key of a boot: a batch of it after that record would be tampering, those before it hold.

Records whose retention was over are empty entries there, and \`"pruned":true\` in \`entries.jsonl\`: the tile holds their hash,
which the root proves, and a \`prune\` record says which they are, since when and by which retention.

${limited === undefined ? '' : limitedGuide(limited)}\`entries.jsonl\` is for reading; the authority is the bytes under \`log/tile/entries\`. The log shows what went
through Douane. It cannot show what went round it.
`
