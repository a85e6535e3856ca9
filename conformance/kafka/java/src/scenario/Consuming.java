package scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Steps that read records. */
final class Consuming {
    private Consuming() {}

    /** Reads the wanted number of records, as a member of a group when the step names one, and commits. */
    static Object consume(Request request) throws Exception {
        try (Consumer<String, String> consumer = consumer(request)) {
            attach(consumer, request);
            List<String> values = new ArrayList<>();
            for (ConsumerRecord<String, String> record : poll(consumer, request)) {
                values.add(record.value());
            }
            if (request.has("group")) {
                consumer.commitSync();
            }
            values.sort(null);
            return Map.of("values", values);
        }
    }

    static Consumer<String, String> consumer(Request request) throws Exception {
        Properties properties = request.connection();
        properties.put("group.protocol", request.text("protocol", "classic"));
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("isolation.level", request.text("isolation", "read_uncommitted"));
        properties.put("default.api.timeout.ms", "20000");
        properties.put("allow.auto.create.topics", request.text("auto_create", "false"));
        if (request.has("group")) {
            properties.put("group.id", request.text("group"));
        }
        if (request.has("instance")) {
            properties.put("group.instance.id", request.text("instance"));
        }
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    private static void attach(Consumer<String, String> consumer, Request request) throws Exception {
        if (request.has("pattern")) {
            consumer.subscribe(Pattern.compile(request.text("pattern")));
        } else if (request.has("server_pattern")) {
            // The broker resolves this one; only newer clients have it.
            Class<?> kind = Class.forName("org.apache.kafka.clients.consumer.SubscriptionPattern");
            Object pattern = kind.getConstructor(String.class).newInstance(request.text("server_pattern"));
            Consumer.class.getMethod("subscribe", kind).invoke(consumer, pattern);
        } else if (request.has("group")) {
            consumer.subscribe(List.of(request.text("topic")));
        } else {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(request.text("topic"))) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
            consumer.assign(partitions);
        }
    }

    /** Polls until the wanted number of records is there, or throws what the client threw. */
    static List<ConsumerRecord<String, String>> poll(Consumer<String, String> consumer, Request request) {
        int wanted = request.number("count", 1);
        long deadline = System.nanoTime() + request.patience().toNanos();
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (records.size() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("got " + records.size() + " of " + wanted + " records");
            }
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }
}
