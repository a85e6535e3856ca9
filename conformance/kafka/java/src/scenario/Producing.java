package scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Steps that write records. */
final class Producing {
    private Producing() {}

    /** Sends values to a topic, in a transaction when the step names one, and waits for every acknowledgement. */
    static Object produce(Request request) throws Exception {
        try (var producer = producer(request)) {
            boolean transactional = request.has("transactional_id");
            if (transactional) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String value : request.texts("values")) {
                sent.add(producer.send(new ProducerRecord<>(request.text("topic"), value, value)));
            }
            producer.flush();
            List<Long> offsets = new ArrayList<>();
            for (Future<RecordMetadata> acknowledgement : sent) {
                offsets.add(acknowledgement.get().offset());
            }
            if (transactional && request.flag("abort")) {
                producer.abortTransaction();
            } else if (transactional) {
                producer.commitTransaction();
            }
            return Map.of("offsets", offsets);
        }
    }

    /** Consumes, writes what was read to another topic and commits both in one transaction. */
    static Object copy(Request request) throws Exception {
        try (var producer = producer(request);
                Consumer<String, String> consumer = Consuming.consumer(request)) {
            producer.initTransactions();
            consumer.subscribe(List.of(request.text("from")));
            var records = Consuming.poll(consumer, request);
            producer.beginTransaction();
            Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
            List<String> values = new ArrayList<>();
            for (ConsumerRecord<String, String> record : records) {
                values.add(record.value());
                producer.send(new ProducerRecord<>(request.text("to"), record.key(), record.value()));
                positions.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
            try {
                producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
                producer.commitTransaction();
            } catch (KafkaException refused) {
                producer.abortTransaction();
                throw refused;
            }
            values.sort(null);
            return Map.of("values", values);
        }
    }

    private static KafkaProducer<String, String> producer(Request request) throws Exception {
        Properties properties = request.connection();
        properties.put("acks", request.text("acks", "all"));
        properties.put("enable.idempotence", request.text("idempotent", "false"));
        properties.put("compression.type", request.text("compression", "none"));
        properties.put("linger.ms", "0");
        properties.put("max.block.ms", "15000");
        properties.put("delivery.timeout.ms", "20000");
        // With a broker of the older line, closing after a refusal takes this long.
        properties.put("request.timeout.ms", request.text("timeout_ms", "15000"));
        if (request.has("transactional_id")) {
            properties.put("enable.idempotence", "true");
            properties.put("transactional.id", request.text("transactional_id"));
        }
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }
}
