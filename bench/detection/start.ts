/** What it costs until the detector answers, in a process of its own; prints JSON. Run: node bench/detection/start.ts */
const before = { memory: process.memoryUsage().rss, cpu: process.cpuUsage(), at: performance.now() }
const { makeDetector } = await import('../../src/detect/classify.ts')
const { classifyText } = await import('../../src/detect/classify-text.ts')
await classifyText(makeDetector(), 'Bonjour, je suis Jean Dupont, rappelez-moi au 06 12 34 56 78. Merci !')
const { user, system } = process.cpuUsage(before.cpu)
console.log(
  JSON.stringify({
    wall: performance.now() - before.at,
    cpu: (user + system) / 1000,
    resident: process.memoryUsage().rss / 1e6,
    bare: before.memory / 1e6,
  }),
)
