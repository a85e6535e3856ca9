'use strict'
// Every step this program knows, by name.

const { CompressionTypes, ConfigResourceTypes } = require('kafkajs')
const { connect } = require('./connection')

const messages = step => step.values.map(value => ({ key: value, value }))
const acks = step => ({ all: -1, 1: 1, 0: 0 })[step.acks ?? 'all']
const patience = step => step.timeout_ms ?? 20_000

async function produce (script, step) {
  const producer = connect(script, step).producer({
    allowAutoTopicCreation: false,
    idempotent: String(step.idempotent) === 'true' || Boolean(step.transactional_id),
    transactionalId: step.transactional_id,
    maxInFlightRequests: 1
  })
  await producer.connect()
  try {
    const batch = {
      topic: step.topic,
      messages: messages(step),
      acks: acks(step),
      compression: step.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None
    }
    if (!step.transactional_id) {
      return { offsets: offsets(await producer.send(batch)) }
    }
    const transaction = await producer.transaction()
    try {
      const sent = await transaction.send(batch)
      await (step.abort ? transaction.abort() : transaction.commit())
      return { offsets: offsets(sent) }
    } catch (refused) {
      await transaction.abort().catch(() => {})
      throw refused
    }
  } finally {
    await producer.disconnect()
  }
}

const offsets = sent => (sent ?? []).map(partition => Number(partition.baseOffset))

async function consume (script, step) {
  const consumer = groupMember(script, step)
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [step.topic], fromBeginning: true })
    return { values: (await read(consumer, step)).map(message => message.value.toString()).sort() }
  } finally {
    await consumer.disconnect()
  }
}

/** Consumes, writes what was read to another topic and commits both in one transaction. */
async function copy (script, step) {
  const consumer = groupMember(script, step)
  const producer = connect(script, step).producer({ transactionalId: step.transactional_id, maxInFlightRequests: 1 })
  await consumer.connect()
  await producer.connect()
  try {
    await consumer.subscribe({ topics: [step.from], fromBeginning: true })
    const read_ = await read(consumer, step, { commit: false })
    const transaction = await producer.transaction()
    try {
      await transaction.send({ topic: step.to, messages: read_.map(({ key, value }) => ({ key, value })) })
      await transaction.sendOffsets({ consumerGroupId: step.group, topics: positions(step.from, read_) })
      await transaction.commit()
    } catch (refused) {
      await transaction.abort().catch(() => {})
      throw refused
    }
    return { values: read_.map(message => message.value.toString()).sort() }
  } finally {
    await consumer.disconnect()
    await producer.disconnect()
  }
}

function positions (topic, read_) {
  const next = new Map()
  for (const { partition, offset } of read_) {
    next.set(partition, String(Number(offset) + 1))
  }
  return [{ topic, partitions: [...next].map(([partition, offset]) => ({ partition, offset })) }]
}

function groupMember (script, step) {
  return connect(script, step).consumer({
    groupId: step.group,
    allowAutoTopicCreation: false,
    readUncommitted: step.isolation !== 'read_committed',
    // A consumer that leaves first waits for its last fetch.
    maxWaitTimeInMs: 200,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async error => isPassing(error) }
  })
}

/** Whether a coordinator that has just started is still reading what it knows of the group. */
const isPassing = error => ['GROUP_LOAD_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP'].includes(error.type)

/** Reads the wanted number of records, or throws what ended the consumer. */
function read (consumer, step, { commit = true } = {}) {
  const wanted = step.count ?? 1
  const found = []
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`got ${found.length} of ${wanted} records`)), patience(step))
    const settle = outcome => value => { clearTimeout(late); outcome(value) }
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || settle(reject)(payload.error))
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, partition, message }) => {
        found.push({ ...message, partition })
        if (commit) {
          await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }])
        }
        if (found.length === wanted) {
          settle(resolve)(found)
        }
      }
    }).catch(settle(reject))
  })
}

function administer (action) {
  return async (script, step) => {
    const admin = connect(script, step).admin()
    await admin.connect()
    try {
      return (await action(admin, step)) ?? null
    } finally {
      await admin.disconnect()
    }
  }
}

const partition = step => ({ partition: step.partition ?? 0, offset: String(step.offset ?? 0) })
const resource = step => ({ type: ConfigResourceTypes[step.type ?? 'TOPIC'], name: step.resource })

const admin = {
  login: admin => admin.describeCluster().then(found => found.clusterId),
  create_topic: (admin, step) => admin.createTopics({
    topics: [{
      topic: step.topic,
      numPartitions: step.partitions ?? 1,
      replicationFactor: step.replication ?? 1
    }]
  }),
  delete_topic: (admin, step) => admin.deleteTopics({ topics: [step.topic] }),
  list_topics: admin => admin.listTopics().then(topics => topics.sort()),
  describe_topic: (admin, step) => admin.fetchTopicMetadata({ topics: [step.topic] }).then(found => found.topics),
  create_partitions: (admin, step) =>
    admin.createPartitions({ topicPartitions: [{ topic: step.topic, count: step.partitions ?? 2 }] }),
  list_offsets: (admin, step) => admin.fetchTopicOffsets(step.topic).then(found => Number(found[0].high)),
  describe_cluster: admin => admin.describeCluster().then(found => ({
    nodes: found.brokers.map(node => `${node.nodeId}@${node.host}:${node.port}`).sort()
  })),
  describe_config: (admin, step) =>
    admin.describeConfigs({ resources: [resource(step)], includeSynonyms: false }).then(found => Object.fromEntries(
      found.resources[0].configEntries.map(entry => [entry.configName, entry.configValue]))),
  alter_config: (admin, step) => admin.alterConfigs({
    validateOnly: false,
    resources: [{ ...resource(step), configEntries: [{ name: step.key, value: step.value }] }]
  }),
  list_groups: admin => admin.listGroups().then(found => found.groups.map(group => group.groupId).sort()),
  describe_group: (admin, step) => admin.describeGroups([step.group]).then(found => found.groups[0]),
  group_offsets: (admin, step) =>
    admin.fetchOffsets({ groupId: step.group, topics: step.topic ? [step.topic] : undefined }).then(found =>
      Object.fromEntries(found.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}-${partition}`, Number(offset)])))),
  alter_group_offsets: (admin, step) =>
    admin.setOffsets({ groupId: step.group, topic: step.topic, partitions: [partition(step)] }),
  delete_group: (admin, step) => admin.deleteGroups([step.group]),
  describe_acls: admin => admin.describeAcls({ resourceType: 1, resourcePatternType: 1, operation: 1, permissionType: 1 })
}

module.exports = { produce, consume, copy }
for (const [name, action] of Object.entries(admin)) {
  module.exports[name] = administer(action)
}
