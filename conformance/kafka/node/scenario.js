'use strict'
// Runs the steps of a script with kafkajs and prints one line of JSON for each.

const fs = require('node:fs')
const steps = require('./steps')

async function main () {
  const script = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
  for (const step of script.steps) {
    console.log(JSON.stringify(await answer(script, step)))
  }
  // A client that was refused may keep a timer; nothing is left to wait for.
  process.exit(0)
}

async function answer (script, step) {
  const name = step.name ?? step.step
  const start = Date.now()
  const known = steps[step.step]
  if (!known) {
    return { step: name, ok: false, error: 'UnsupportedStep', detail: `this client has no step \`${step.step}\`` }
  }
  try {
    const detail = await Promise.race([known(script, step), late(step)])
    return { step: name, ok: true, detail, millis: Date.now() - start }
  } catch (thrown) {
    return { step: name, ok: false, ...describe(thrown), millis: Date.now() - start }
  }
}

/** Some promises of kafkajs are never settled once the broker refused something behind them. */
function late (step) {
  const limit = (step.timeout_ms ?? 20_000) + 10_000
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing came of it')), limit)
  })
}

/** Kafka's name for an error where the broker sent one, else the name of the client's own. */
function describe (thrown) {
  const texts = []
  let name = thrown.name
  let own = thrown
  while (own) {
    texts.push(own.message)
    name = own.type ?? name
    own = own.originalError ?? own.cause ?? own.errors?.[0] ?? own.groups?.[0]?.error
  }
  return { error: name, class: thrown.name, detail: texts.join(': ') }
}

main()
