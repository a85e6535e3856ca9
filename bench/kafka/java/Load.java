import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces and consumes over several paths to one cluster, in one warm process, on command.
 *
 * <p>Commands on standard input, one answer line each: {@code open NAME PROPERTIES TOPIC}, {@code produce NAME MEGABYTES},
 * {@code consume NAME MEGABYTES} and {@code latency NAME RECORDS}. An answer is seconds, or for latency the 50th and 99th percentile
 * in microseconds.
 */
public final class Load {
    private static final int RECORD = 1024;
    private static final int MEGABYTE = 1_000_000;

    private record Path(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer, String topic) {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Path> paths = new HashMap<>();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "open" -> {
                    paths.put(words[1], open(words[2], words[3]));
                    answer("ok");
                }
                case "produce" -> answer(produce(paths.get(words[1]), Long.parseLong(words[2]) * MEGABYTE / RECORD));
                case "consume" -> answer(consume(paths.get(words[1]), Long.parseLong(words[2]) * MEGABYTE / RECORD));
                case "latency" -> answer(latency(paths.get(words[1]), Integer.parseInt(words[2])));
                default -> throw new IllegalArgumentException(line);
            }
        }
        for (Path path : paths.values()) {
            path.producer().close(Duration.ofSeconds(5));
            path.consumer().close(Duration.ofSeconds(5));
        }
    }

    private static void answer(String text) {
        System.out.println(text);
        System.out.flush();
    }

    private static Path open(String file, String topic) throws Exception {
        Properties common = new Properties();
        try (FileInputStream in = new FileInputStream(file)) {
            common.load(in);
        }
        Properties producer = new Properties();
        producer.putAll(common);
        producer.putIfAbsent("acks", "1");
        producer.putIfAbsent("enable.idempotence", "false");
        producer.putIfAbsent("batch.size", "65536");
        producer.putIfAbsent("linger.ms", "5");
        producer.putIfAbsent("buffer.memory", "67108864");
        Properties consumer = new Properties();
        consumer.putAll(common);
        consumer.putIfAbsent("enable.auto.commit", "false");
        consumer.putIfAbsent("fetch.min.bytes", "65536");
        consumer.putIfAbsent("max.poll.records", "5000");
        return new Path(
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()),
                new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic);
    }

    private static String produce(Path path, long records) {
        byte[] value = new byte[RECORD];
        new Random(7).nextBytes(value);
        AtomicReference<Exception> failed = new AtomicReference<>();
        long start = System.nanoTime();
        for (long record = 0; record < records; record++) {
            path.producer().send(new ProducerRecord<>(path.topic(), value), (done, error) -> {
                if (error != null) {
                    failed.compareAndSet(null, error);
                }
            });
        }
        path.producer().flush();
        return failed.get() == null ? seconds(start) : "error " + failed.get();
    }

    private static String consume(Path path, long wanted) {
        List<TopicPartition> partitions = new ArrayList<>();
        path.consumer().partitionsFor(path.topic()).forEach(info -> partitions.add(new TopicPartition(path.topic(), info.partition())));
        path.consumer().assign(partitions);
        path.consumer().seekToBeginning(partitions);
        long start = System.nanoTime();
        for (long seen = 0; seen < wanted; ) {
            ConsumerRecords<byte[], byte[]> records = path.consumer().poll(Duration.ofSeconds(10));
            if (records.isEmpty()) {
                return "error no records for ten seconds";
            }
            seen += records.count();
        }
        return seconds(start);
    }

    private static String latency(Path path, int records) throws Exception {
        byte[] value = new byte[RECORD];
        long[] micros = new long[records];
        for (int record = 0; record < records; record++) {
            long start = System.nanoTime();
            var sent = path.producer().send(new ProducerRecord<>(path.topic(), value));
            path.producer().flush();
            sent.get();
            micros[record] = (System.nanoTime() - start) / 1000;
        }
        Arrays.sort(micros);
        return micros[records / 2] + " " + micros[records * 99 / 100];
    }

    private static String seconds(long start) {
        return String.valueOf((System.nanoTime() - start) / 1e9);
    }
}
