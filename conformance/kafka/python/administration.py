"""Steps of the administration client."""

import time

from confluent_kafka import ConsumerGroupTopicPartitions, KafkaError, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
)

from connection import connection

PATIENCE = 20


def administer(action):
    def run(script, step):
        return action(AdminClient(connection(script, step)), step)

    return run


def only(futures):
    """The one result of a call that was made for one thing."""
    return next(iter(futures.values())).result(PATIENCE)


def create_topic(admin, step):
    topic = NewTopic(step["topic"], step.get("partitions", 1), step.get("replication", 1))
    return only(admin.create_topics([topic]))


def delete_topic(admin, step):
    return only(admin.delete_topics([step["topic"]]))


def list_topics(admin, _):
    return sorted(admin.list_topics(timeout=PATIENCE).topics)


def describe_topic(admin, step):
    found = only(admin.describe_topics(TopicCollection([step["topic"]])))
    nodes = sorted({str(node) for part in found.partitions for node in part.replicas})
    return {"name": found.name, "partitions": len(found.partitions), "nodes": nodes}


def create_partitions(admin, step):
    return only(admin.create_partitions([NewPartitions(step["topic"], step.get("partitions", 2))]))


def delete_records(admin, step):
    return only(admin.delete_records([partition(step, step.get("offset", 1))])).low_watermark


def list_offsets(admin, step):
    return only(admin.list_offsets({partition(step): OffsetSpec.latest()})).offset


def describe_cluster(admin, _):
    found = admin.describe_cluster(request_timeout=PATIENCE, include_authorized_operations=True).result(PATIENCE)
    nodes = sorted(f"{node.id}@{node.host}:{node.port}" for node in found.nodes)
    return {"nodes": nodes, "controller": str(found.controller), "operations": str(found.authorized_operations)}


def describe_config(admin, step):
    found = only(admin.describe_configs([resource(step)]))
    return {name: entry.value for name, entry in found.items()}


def alter_config(admin, step):
    change = ConfigEntry(step["key"], step["value"], incremental_operation=AlterConfigOpType.SET)
    return only(admin.incremental_alter_configs([resource(step, incremental_configs=[change])]))


def list_groups(admin, _):
    found = admin.list_consumer_groups(request_timeout=PATIENCE).result(PATIENCE)
    if found.errors:
        raise KafkaException(found.errors[0])
    return sorted(group.group_id for group in found.valid)


def describe_group(admin, step):
    found = only(admin.describe_consumer_groups([step["group"]]))
    return {"state": str(found.state), "coordinator": str(found.coordinator)}


def group_offsets(admin, step):
    found = only(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(step["group"])]))
    return {f"{part.topic}-{part.partition}": part.offset for part in found.topic_partitions}


def alter_group_offsets(admin, step):
    wish = ConsumerGroupTopicPartitions(step["group"], [partition(step, step.get("offset", 0))])
    found = only(admin.alter_consumer_group_offsets([wish]))
    for part in found.topic_partitions:
        if part.error:
            raise KafkaException(part.error)
    return None


def delete_group(admin, step):
    return only(admin.delete_consumer_groups([step["group"]]))


def partition(step, offset=-1001):
    return TopicPartition(step["topic"], step.get("partition", 0), offset)


def resource(step, **more):
    return ConfigResource(getattr(ConfigResource.Type, step.get("type", "TOPIC")), step["resource"], **more)


def login(script, step):
    """librdkafka keeps trying; why it cannot log in, it only says to a callback."""
    errors = []
    admin = AdminClient(connection(script, step, error_cb=errors.append))
    deadline = time.monotonic() + step.get("timeout_ms", 20_000) / 1000
    while time.monotonic() < deadline:
        admin.poll(0.05)
        for error in errors:
            if error.code() == KafkaError._AUTHENTICATION:
                raise KafkaException(error)
        try:
            return admin.list_topics(timeout=0.2).cluster_id
        except KafkaException:
            continue
    raise TimeoutError(str(errors))


STEPS = {"login": login} | {
    action.__name__: administer(action)
    for action in (
        create_topic, delete_topic, list_topics, describe_topic, create_partitions, delete_records, list_offsets,
        describe_cluster, describe_config, alter_config, list_groups, describe_group, group_offsets,
        alter_group_offsets, delete_group,
    )
}
