"""Steps that write and read records."""

import time

import confluent_kafka
from confluent_kafka import Consumer, KafkaException, Producer

from connection import connection


def produce(script, step):
    """Sends values to a topic, in a transaction when the step names one, and waits for every acknowledgement."""
    producer = Producer(connection(script, step, **producing(step)))
    transactional = "transactional_id" in step
    if transactional:
        producer.init_transactions(20)
        producer.begin_transaction()
    try:
        delivered = send(producer, step["topic"], step["values"])
        if transactional and step.get("abort"):
            producer.abort_transaction(20)
        elif transactional:
            producer.commit_transaction(20)
        return {"offsets": delivered}
    except KafkaException as refused:
        raise (reason(producer, refused) if transactional else refused)


def reason(producer, refused):
    """Records of a refused transaction are only said to be purged; the attempt to commit tells why."""
    try:
        producer.commit_transaction(20)
    except KafkaException as told:
        return told
    return refused


def producing(step):
    config = {
        "acks": step.get("acks", "all"),
        "compression.type": step.get("compression", "none"),
        "enable.idempotence": str(step.get("idempotent", False)).lower(),
        "message.timeout.ms": step.get("timeout_ms", 20_000),
        "linger.ms": 0,
    }
    if "transactional_id" in step:
        config.update({"transactional.id": step["transactional_id"], "enable.idempotence": "true"})
        del config["acks"]
    return config


def send(producer, topic, values):
    delivered, failed = [], []

    def report(error, message):
        failed.append(error) if error else delivered.append(message.offset())

    for value in values:
        producer.produce(topic, key=value, value=value, on_delivery=report)
    left = producer.flush(25)
    if failed:
        raise KafkaException(failed[0])
    if left:
        raise TimeoutError(f"{left} records were not delivered")
    return delivered


def consume(script, step):
    """Reads the wanted number of records as a member of a group and commits."""
    consumer = member(script, step)
    try:
        consumer.subscribe([step.get("server_pattern") or step["topic"]])
        values = [message.value().decode() for message in read(consumer, step)]
        consumer.commit(asynchronous=False)
        return {"values": sorted(values)}
    finally:
        consumer.close()


def copy(script, step):
    """Consumes, writes what was read to another topic and commits both in one transaction."""
    consumer = member(script, step)
    producer = Producer(connection(script, step, **producing(step)))
    try:
        producer.init_transactions(20)
        consumer.subscribe([step["from"]])
        values = [message.value().decode() for message in read(consumer, step)]
        producer.begin_transaction()
        try:
            send(producer, step["to"], values)
            positions = consumer.position(consumer.assignment())
            producer.send_offsets_to_transaction(positions, consumer.consumer_group_metadata(), 20)
            producer.commit_transaction(20)
        except KafkaException as refused:
            raise reason(producer, refused)
        return {"values": sorted(values)}
    finally:
        consumer.close()


def member(script, step):
    config = {
        "group.id": step["group"],
        "group.protocol": step.get("protocol", "classic"),
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "isolation.level": step.get("isolation", "read_uncommitted"),
    }
    return Consumer(connection(script, step, **config))


def read(consumer, step):
    wanted = step.get("count", 1)
    deadline = time.monotonic() + step.get("timeout_ms", 20_000) / 1000
    found = []
    while len(found) < wanted:
        if time.monotonic() > deadline:
            raise TimeoutError(f"got {len(found)} of {wanted} records")
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        found.append(message)
    return found


def share(script, step):
    """Reads the wanted number of records as a member of a share group."""
    consumer = confluent_kafka.ShareConsumer(connection(script, step, **{"group.id": step["group"]}))
    wanted = step.get("count", 1)
    deadline = time.monotonic() + step.get("timeout_ms", 20_000) / 1000
    values = []
    try:
        consumer.subscribe([step["topic"]])
        while len(values) < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(f"got {len(values)} of {wanted} records")
            for message in consumer.poll(0.2) or []:
                if message.error():
                    raise KafkaException(message.error())
                values.append(message.value().decode())
            consumer.commit_sync()
        return {"values": sorted(values)}
    finally:
        consumer.close()


STEPS = {"produce": produce, "consume": consume, "copy": copy, "share": share}
