package scenario;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** A word count: reads lines, repartitions by word, keeps a table with a changelog, writes counts. */
final class StreamsApplication {
    private StreamsApplication() {}

    /** Runs until the wanted number of counts was written, then closes and so commits. */
    static Object run(Request request) throws Exception {
        CompletableFuture<Void> finished = new CompletableFuture<>();
        AtomicInteger counted = new AtomicInteger();
        Topology topology = topology(request, () -> {
            if (counted.incrementAndGet() == request.number("count", 1)) {
                finished.complete(null);
            }
        });
        try (KafkaStreams streams = new KafkaStreams(topology, properties(request))) {
            streams.setUncaughtExceptionHandler(thrown -> {
                finished.completeExceptionally(thrown);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            finished.get(request.patience().toMillis() * 2, TimeUnit.MILLISECONDS);
            streams.close(Duration.ofSeconds(10));
        }
        return Map.of("counted", counted.get());
    }

    private static Topology topology(Request request, Runnable onCount) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<String, String>stream(request.text("from"))
                .flatMapValues(line -> Arrays.asList(line.split(" ")))
                .groupBy((key, word) -> word, Grouped.as("words"))
                .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()))
                .toStream()
                .mapValues((word, count) -> word + "=" + count)
                .peek((word, count) -> onCount.run())
                .to(request.text("to"), Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static Properties properties(Request request) throws Exception {
        Properties properties = request.connection();
        properties.put("application.id", request.text("application"));
        properties.put("processing.guarantee", request.text("guarantee", "at_least_once"));
        properties.put("default.key.serde", Serdes.StringSerde.class.getName());
        properties.put("default.value.serde", Serdes.StringSerde.class.getName());
        properties.put("state.dir", Files.createTempDirectory("streams").toString());
        properties.put("num.stream.threads", "1");
        properties.put("replication.factor", request.text("replication", "1"));
        properties.put("statestore.cache.max.bytes", "0");
        properties.put("consumer.auto.offset.reset", "earliest");
        if (request.has("protocol")) {
            properties.put("group.protocol", request.text("protocol"));
        }
        return properties;
    }
}
