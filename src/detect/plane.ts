/** All code units in their order, in which tables of their properties are read with patterns; halves of pairs, which have none alone, as `!`. */
const units = new Uint16Array(0x10000)
for (let code = 0; code < units.length; code++) units[code] = code
units.fill(0x21, 0xd800, 0xe000)

export const plane = Buffer.from(units.buffer).toString('utf16le')
