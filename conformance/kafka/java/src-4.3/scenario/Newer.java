package scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Steps that only Kafka 4 clients have: share groups, streams groups, and groups of every kind. */
final class Newer {
    private Newer() {}

    static void register(Map<String, Step> steps) {
        steps.put("share", Newer::share);
        steps.put("list_groups", AdminStep.of((admin, request) -> {
            Set<String> groups = new TreeSet<>();
            admin.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
            return groups;
        }));
        steps.put("describe_share_group", AdminStep.of((admin, request) -> admin
                .describeShareGroups(List.of(request.text("group"))).all().get().get(request.text("group")).toString()));
        steps.put("share_offsets", AdminStep.of(Newer::shareOffsets));
        steps.put("alter_share_offsets", AdminStep.of((admin, request) -> admin
                .alterShareGroupOffsets(request.text("group"), Map.of(TopicAdmin.partition(request), 0L)).all().get()));
        steps.put("delete_share_offsets", AdminStep.of((admin, request) -> admin
                .deleteShareGroupOffsets(request.text("group"), Set.of(request.text("topic"))).all().get()));
        steps.put("delete_share_group", AdminStep.of((admin, request) ->
                admin.deleteShareGroups(List.of(request.text("group"))).all().get()));
        steps.put("describe_streams_group", AdminStep.of((admin, request) -> admin
                .describeStreamsGroups(List.of(request.text("group"))).all().get().get(request.text("group"))
                .groupState().toString()));
        steps.put("streams_offsets", AdminStep.of((admin, request) -> admin
                .listStreamsGroupOffsets(Map.of(request.text("group"), new ListStreamsGroupOffsetsSpec()))
                .all().get().toString()));
        steps.put("list_config_resources", AdminStep.of((admin, request) -> {
            Set<String> resources = new TreeSet<>();
            admin.listConfigResources().all().get()
                    .forEach(resource -> resources.add(resource.type() + ":" + resource.name()));
            return resources;
        }));
        steps.put("terminate_transaction", AdminStep.of((admin, request) ->
                admin.forceTerminateTransaction(request.text("transactional_id")).result().get()));
    }

    /** Reads the wanted number of records as a member of a share group and acknowledges them. */
    private static Object share(Request request) throws Exception {
        Properties properties = request.connection();
        properties.put("group.id", request.text("group"));
        properties.put("share.acknowledgement.mode", request.text("acknowledge", "implicit"));
        List<String> values = new ArrayList<>();
        var text = new StringDeserializer();
        try (var consumer = new KafkaShareConsumer<>(properties, text, text)) {
            consumer.subscribe(List.of(request.text("topic")));
            long deadline = System.nanoTime() + request.patience().toNanos();
            while (values.size() < request.number("count", 1)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("got " + values.size() + " records");
                }
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                    if (request.text("acknowledge", "implicit").equals("explicit")) {
                        consumer.acknowledge(record);
                    }
                }
                for (var result : consumer.commitSync().values()) {
                    result.ifPresent((KafkaException refused) -> {
                        throw refused;
                    });
                }
            }
        }
        values.sort(null);
        return Map.of("values", values);
    }

    private static Object shareOffsets(Admin admin, Request request) throws Exception {
        Map<String, String> offsets = new TreeMap<>();
        admin.listShareGroupOffsets(Map.of(request.text("group"), new ListShareGroupOffsetsSpec())).all().get()
                .get(request.text("group"))
                .forEach((partition, offset) -> offsets.put(partition.toString(), String.valueOf(offset)));
        return offsets;
    }
}
