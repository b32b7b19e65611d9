// Makes src/Modules/Identity/Passwords/breached.bin, a Bloom filter of the passwords that appear most often in data breaches:
// node make.mjs FILE... reads lists with one password on each line, or JSON arrays of them, and writes the filter to standard output.
// `just breached-passwords` fetches the lists and calls it. BreachedPasswords.cs, which reads the filter, describes its form.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const minLength = 8 // shorter passwords are refused in any case
const bitsPerPassword = 20 // with 14 hashes one other password in 15,000 is taken for one of these
const hashes = 14

const read = (file) => {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return file.endsWith('.json') ? JSON.parse(text) : text.split(/\r?\n/)
}

const passwords = new Set()
for (const file of process.argv.slice(2))
  for (const password of read(file)) {
    const word = password.normalize('NFKC').toLowerCase()
    if ([...word].length >= minLength) passwords.add(word)
  }

const filter = Buffer.alloc(Math.ceil((passwords.size * bitsPerPassword) / 8))
const bits = BigInt(filter.length * 8)
for (const password of passwords) {
  const hash = createHash('sha256').update(password, 'utf8').digest()
  const first = hash.readBigUInt64LE(0)
  const step = hash.readBigUInt64LE(8) | 1n
  for (let n = 0n; n < hashes; n++) {
    const bit = Number(((first + n * step) & 0xffffffffffffffffn) % bits)
    filter[bit >> 3] |= 1 << (bit & 7)
  }
}

process.stderr.write(`${passwords.size} passwords, ${filter.length} bytes\n`)
process.stdout.write(filter)
