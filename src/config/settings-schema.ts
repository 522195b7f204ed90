/** JSON Schema of douane.yaml: checked by ajv, printed as docs/settings.md, completed by editors. */
const port = (value: number, description: string) => ({
  type: 'integer',
  minimum: 0,
  maximum: 65535,
  default: value,
  description,
})
const bytes = (value: number, maximum: number, description: string) => ({
  type: 'integer',
  minimum: 1024,
  maximum,
  default: value,
  description,
})
const ms = (value: number, description: string) => ({
  type: 'integer',
  minimum: 10,
  maximum: 600_000,
  default: value,
  description,
})
const count = (value: number, description: string) => ({
  type: 'integer',
  minimum: 1,
  maximum: 1_000_000,
  default: value,
  description,
})
const days = (value: number, description: string) => ({
  type: 'integer',
  minimum: 1,
  maximum: 36_500,
  default: value,
  description,
})
const text = (description: string, pattern?: string) => ({
  type: 'string',
  minLength: 1,
  maxLength: 1024,
  ...(pattern === undefined ? {} : { pattern }),
  description,
})
const group = (description: string, properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
  description,
})
const plane = (number: number, what: string) => ({
  ...group(`Where the ${what} listens.`, {
    host: {
      ...text(
        'Address. Anything but loopback needs `tls` or `behind_tls_proxy`.',
        '^[0-9A-Fa-f.:]+$|^localhost$',
      ),
      default: '127.0.0.1',
    },
    port: port(number, 'Port; 0 takes a free one.'),
  }),
  default: {},
})

export const settingsSchema = {
  ...group('Settings of one installation: DOUANE_HOME/douane.yaml.', {
    name: {
      ...text(
        'Name of this installation’s log (its origin in checkpoints); it never changes.',
        '^[A-Za-z0-9][A-Za-z0-9./-]{0,199}$',
      ),
      default: 'douane.local/log',
    },
    region: text(
      'Country of gateway and vault, ISO 3166-1 alpha-2. `serve` refuses without it, and outside EEA and adequate.',
      '^[A-Z]{2}$',
    ),
    database_url: {
      ...text(
        'PostgreSQL ≥ 15. Without it Douane starts its own server under DOUANE_HOME/pg.',
        '^postgres(ql)?://',
      ),
      secret: true,
    },
    database_pooler: {
      ...text(
        'A pooler in transaction mode before that database: postgres://{role}:password@host:6432/database. `{role}` stands for the three roles, which get this password; database_url stays the direct way, for the schema and for LISTEN.',
        '^postgres(ql)?://',
      ),
      secret: true,
    },
    data: plane(8080, 'data plane (/to)'),
    control: plane(8081, 'control plane (/v1)'),
    tls: group(
      'Serve both planes over TLS 1.2 or newer.',
      {
        cert: text('PEM file, certificate and chain; relative to DOUANE_HOME.'),
        key: text('PEM file, private key; readable by the owner only.'),
      },
      ['cert', 'key'],
    ),
    behind_tls_proxy: {
      type: 'array',
      items: text('An IP address, or a network with its prefix.', '^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$'),
      minItems: 1,
      maxItems: 64,
      description: 'A TLS proxy stands before us: only connections from these addresses are accepted.',
    },
    limits: {
      ...group('What one request and one client may take.', {
        body_bytes: bytes(10_485_760, 67_108_864, 'Largest body that is read.'),
        fields: {
          ...count(1_000_000, 'Most values and names of one payload; then PAYLOAD_TOO_COMPLEX.'),
          maximum: 5_000_000,
        },
        answer_bytes: bytes(
          33_554_432,
          268_435_456,
          'Largest answer that is read; not below body_bytes: a provider may send back what it got, in pseudonyms.',
        ),
        held_bytes: bytes(
          1_073_741_824,
          68_719_476_736,
          'All bodies and answers in memory together, and what large ones weigh once they are read; then OVERLOADED.',
        ),
        header_bytes: bytes(16_384, 131_072, 'Request line and headers together.'),
        target_bytes: bytes(8_192, 65_536, 'Request target; not above header_bytes.'),
        headers_ms: ms(10_000, 'Time for the headers to arrive.'),
        body_ms: ms(30_000, 'Time for the body to arrive.'),
        inspect_ms: ms(
          60_000,
          'Time of last resort to look into one body above 256 KiB, in a thread of its own, for counted work ends it before; and for all that an analyser is asked of one body.',
        ),
        inspect_threads: {
          ...count(2, 'Threads that look into bodies above 256 KiB; others wait for one.'),
          maximum: 64,
        },
        client_silence_ms: ms(
          150_000,
          'Longest silence of a client connection, also while its answer waits to be taken; longer than inspecting and a provider may take.',
        ),
        keep_alive_ms: ms(15_000, 'How long an idle client connection stays open.'),
        provider_connect_ms: ms(5_000, 'Time to connect to a provider.'),
        provider_silence_ms: ms(30_000, 'Longest silence of a provider, before and within its answer.'),
        provider_total_ms: ms(60_000, 'Time for the whole exchange with a provider.'),
        provider_connections: count(64, 'Connections to one provider.'),
        drain_ms: ms(30_000, 'After SIGTERM, time for transfers in flight to end.'),
        rate_per_second: count(500, 'Requests per second of one client, on average.'),
        rate_burst: count(1_000, 'Requests of one client at once.'),
        concurrency: count(64, 'Transfers of one client in flight.'),
        in_flight: count(256, 'Transfers of all clients in flight; then OVERLOADED.'),
        connections: count(4_096, 'Client connections, idle ones included.'),
      }),
      default: {},
    },
    dial_exceptions: {
      type: 'array',
      items: text(
        'host:port',
        '^([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}$',
      ),
      maxItems: 64,
      default: [],
      description:
        'Parties (providers, issuers of tokens, time-stamping authority, witnesses) that may be dialled although they are not https or not public, as host:port; exactly as in their URL.',
    },
    audience: text(
      'What the `aud` of a client’s token (JWT) must name; silent: `name`.',
      '^[\\x21-\\x7e]{1,300}$',
    ),
    analyser: group(
      'An analyser that you run beside Douane (Presidio’s HTTP API): every running text of a payload is sent to it, and what it finds joins ours. Its failure refuses the payload (CLASSIFY_FAILED). Silent: none.',
      {
        url: text(
          'Where it answers, without /analyze; plain http and private addresses only if dial_exceptions names them.',
          '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$',
        ),
        language: { ...text('Language that it is told.', '^[a-z]{2}$'), default: 'en' },
        timeout_ms: ms(2_000, 'For one text; then the payload is refused.'),
      },
      ['url'],
    ),
    dial_ca: text('PEM file of certificate authorities that those we dial may use besides the public ones.'),
    timestamp: group(
      'An RFC 3161 time-stamping authority for exports; it sees a digest of the checkpoint.',
      {
        url: text(
          'Its address; http, or a host that is not public, needs an entry in dial_exceptions.',
          '^https?://',
        ),
        root: text(
          'PEM file of the root certificates, each signed by itself, that its tokens must lead to; relative to DOUANE_HOME.',
        ),
      },
      ['url', 'root'],
    ),
    witness: group(
      'Witnesses that cosign the evidence log, so that it cannot have two histories.',
      {
        policy: text(
          'File of a C2SP tlog-policy: witnesses with their vkeys and addresses, and the quorum; relative to DOUANE_HOME.',
        ),
      },
      ['policy'],
    ),
    strict_outcome: {
      type: 'boolean',
      default: false,
      description: 'The client waits until the outcome is durable, too.',
    },
    require_approval: {
      type: 'boolean',
      default: false,
      description:
        'An edit of policies/ is a draft until an approver signs it (douane policy approve); only approved bundles are in force.',
    },
    four_eyes: {
      type: 'boolean',
      default: false,
      description: 'Two approvers must sign; with require_approval.',
    },
    storage: {
      ...group('The disk of the log.', {
        watermark_percent: {
          type: 'integer',
          minimum: 50,
          maximum: 100,
          default: 95,
          description: 'Above this use of the disk transfers are refused (STORAGE_FULL).',
        },
      }),
      default: {},
    },
    retention: {
      ...group('How long records live; pseudonyms follow the purpose’s retention_days.', {
        evidence_days: days(
          1_826,
          'Lines of transfers in the log; then they are pruned, and their proofs still hold.',
        ),
        access_days: days(366, 'Who read what on the control plane, likewise.'),
      }),
      default: {},
    },
    log_level: {
      enum: ['debug', 'info', 'warn', 'error', 'silent'],
      default: 'info',
      description: 'How much the process log says.',
    },
  }),
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Douane settings',
} as const
