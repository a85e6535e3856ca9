'use strict'
// A caller of the script as configuration of kafkajs.

const fs = require('node:fs')
const { Kafka, logLevel } = require('kafkajs')

function connect (script, step) {
  const caller = script.callers[step.as]
  if (!caller) {
    throw new Error(`the script has no caller \`${step.as}\``)
  }
  return new Kafka({
    brokers: (caller.bootstrap ?? script.bootstrap).split(','),
    clientId: 'conformance',
    ssl: tls(caller),
    sasl: sasl(caller),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 10_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 }
  })
}

function tls (caller) {
  if (!caller.ca) {
    return undefined
  }
  const options = { ca: [fs.readFileSync(caller.ca)] }
  if (caller.certificate) {
    options.cert = fs.readFileSync(caller.certificate)
    options.key = fs.readFileSync(caller.key)
  }
  return options
}

function sasl (caller) {
  const mechanism = (caller.mechanism ?? 'NONE').toLowerCase()
  if (mechanism === 'none' || mechanism === 'mtls') {
    return undefined
  }
  if (mechanism === 'oauthbearer') {
    const token = async () => ({ value: fs.readFileSync(caller.token_file, 'utf8').trim() })
    return { mechanism, oauthBearerProvider: token }
  }
  return { mechanism, username: caller.username, password: caller.password }
}

module.exports = { connect }
