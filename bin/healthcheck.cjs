// Asks the control plane of this container whether it lives: 0 yes, 1 no. Over TLS the certificate names the gateway and
// not this loopback address, and nothing is sent that another could use, so it is not looked at.
const port = process.env.DOUANE_CONTROL_PORT || '8081'
const ask = (scheme, otherwise) =>
  require(`node:${scheme}`)
    .get(`${scheme}://127.0.0.1:${port}/healthz`, { timeout: 2500, rejectUnauthorized: false }, (answer) => {
      answer.resume()
      process.exit(answer.statusCode === 200 ? 0 : 1)
    })
    .on('timeout', () => process.exit(1))
    .on('error', otherwise)
ask('http', () => ask('https', () => process.exit(1)))
