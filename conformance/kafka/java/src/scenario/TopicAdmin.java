package scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Administration of topics, their partitions and their records. */
final class TopicAdmin {
    private TopicAdmin() {}

    static void register(Map<String, Step> steps) {
        steps.put("create_topic", AdminStep.of(TopicAdmin::create));
        steps.put("delete_topic", AdminStep.of((admin, request) ->
                admin.deleteTopics(List.of(request.text("topic"))).all().get()));
        steps.put("delete_topic_by_id", AdminStep.of((admin, request) -> admin
                .deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.fromString(request.text("id"))))).all().get()));
        steps.put("list_topics", AdminStep.of((admin, request) ->
                new TreeSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())));
        steps.put("describe_topic", AdminStep.of((admin, request) ->
                described(admin.describeTopics(List.of(request.text("topic"))).allTopicNames().get())));
        steps.put("describe_topic_by_id", AdminStep.of((admin, request) -> admin
                .describeTopics(TopicCollection.ofTopicIds(List.of(Uuid.fromString(request.text("id")))))
                .allTopicIds().get().toString()));
        steps.put("create_partitions", AdminStep.of((admin, request) -> admin
                .createPartitions(Map.of(request.text("topic"), NewPartitions.increaseTo(request.number("partitions", 2))))
                .all().get()));
        steps.put("delete_records", AdminStep.of((admin, request) -> admin
                .deleteRecords(Map.of(partition(request), RecordsToDelete.beforeOffset(request.number("offset", 1))))
                .all().get()));
        steps.put("list_offsets", AdminStep.of((admin, request) -> admin
                .listOffsets(Map.of(partition(request), OffsetSpec.latest())).all().get().get(partition(request)).offset()));
        steps.put("describe_producers", AdminStep.of((admin, request) -> admin
                .describeProducers(List.of(partition(request))).all().get().get(partition(request)).activeProducers().size()));
        steps.put("elect_leaders", AdminStep.of((admin, request) -> admin
                .electLeaders(ElectionType.PREFERRED, Set.of(partition(request))).all().get()));
        steps.put("reassign_partition", AdminStep.of(TopicAdmin::reassign));
        steps.put("list_reassignments", AdminStep.of((admin, request) ->
                admin.listPartitionReassignments(Set.of(partition(request))).reassignments().get().toString()));
        steps.put("describe_log_dirs", AdminStep.of(TopicAdmin::logDirs));
    }

    static TopicPartition partition(Request request) {
        return new TopicPartition(request.text("topic"), request.number("partition", 0));
    }

    private static Object create(Admin admin, Request request) throws Exception {
        NewTopic topic = new NewTopic(
                request.text("topic"),
                Optional.of(request.number("partitions", 1)),
                Optional.of((short) request.number("replication", 1)));
        if (request.has("cleanup_policy")) {
            topic.configs(Map.of("cleanup.policy", request.text("cleanup_policy")));
        }
        return admin.createTopics(List.of(topic)).topicId(request.text("topic")).get().toString();
    }

    private static Object described(Map<String, TopicDescription> topics) {
        List<Object> described = new ArrayList<>();
        topics.forEach((name, topic) -> {
            Map<String, Object> seen = new TreeMap<>();
            seen.put("name", name);
            seen.put("id", topic.topicId().toString());
            seen.put("partitions", topic.partitions().size());
            seen.put("text", topic.toString());
            described.add(seen);
        });
        return described;
    }

    private static Object reassign(Admin admin, Request request) throws Exception {
        List<Integer> replicas = new ArrayList<>();
        request.texts("replicas").forEach(node -> replicas.add(Integer.valueOf(node)));
        var target = Optional.of(new NewPartitionReassignment(replicas));
        return admin.alterPartitionReassignments(Map.of(partition(request), target)).all().get();
    }

    private static Object logDirs(Admin admin, Request request) throws Exception {
        Map<Integer, Object> seen = new HashMap<>();
        for (var node : admin.describeCluster().nodes().get()) {
            Set<String> topics = new TreeSet<>();
            var dirs = admin.describeLogDirs(List.of(node.id())).allDescriptions().get().get(node.id());
            dirs.values().forEach(dir -> {
                if (dir.error() != null) {
                    throw dir.error();
                }
                dir.replicaInfos().keySet().forEach(partition -> topics.add(partition.topic()));
            });
            seen.put(node.id(), topics);
        }
        return seen;
    }
}
