import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The tests' administrator: one command per line in, one answer per line out, both JSON.
 *
 * <p>It talks to the brokers directly, as their super user, and is kept running because a JVM per command would cost
 * seconds each.
 */
public final class Admin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Properties connection;
    private final AdminClient client;
    private KafkaProducer<String, String> producer;

    private Admin(Properties connection) {
        this.connection = connection;
        this.client = AdminClient.create(connection);
    }

    /** Argument: a properties file that says how to connect. */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Properties connection = new Properties();
        try (InputStream file = new FileInputStream(args[0])) {
            connection.load(file);
        }
        Admin admin = new Admin(connection);
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        new Thread(() -> readCommands(commands), "commands").start();
        while (true) {
            answers.println(JSON.writeValueAsString(admin.answer(commands.take())));
            answers.flush();
        }
    }

    /** Ends the process when the input does, even in the middle of a command: nobody is left to hear the answer. */
    private static void readCommands(BlockingQueue<String> commands) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                commands.add(line);
            }
        } catch (IOException gone) {
            // The end as well.
        }
        Runtime.getRuntime().halt(0);
    }

    private ObjectNode answer(String line) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            JsonNode command = JSON.readTree(line);
            answer.set("ok", JSON.valueToTree(run(command)));
        } catch (ExecutionException failed) {
            answer.put("error", String.valueOf(failed.getCause()));
        } catch (Exception failed) {
            answer.put("error", String.valueOf(failed));
        }
        return answer;
    }

    private Object run(JsonNode command) throws Exception {
        String name = command.path("name").asText();
        switch (command.path("do").asText()) {
            case "create-topic":
                return createTopic(command, name);
            case "delete-topic":
                return client.deleteTopics(List.of(name)).all().get();
            case "topics":
                return client.listTopics().names().get();
            case "topics-as":
                return topicsAs(command.path("properties").asText());
            case "describe-topic":
                return describeTopic(name);
            case "add-acl":
                return client.createAcls(List.of(acl(command))).all().get();
            case "remove-acl":
                return client.deleteAcls(List.of(acl(command).toFilter())).all().get().size();
            case "put-user":
                return alterUsers(upsertions(name, command.path("password").asText()));
            case "delete-user":
                return alterUsers(deletions(name));
            case "set-config":
                return setConfig(command, name);
            case "configs":
                return configs(command, name);
            case "end-offsets":
                return endOffsets(name);
            case "groups":
                return groups();
            case "produce":
                return produce(command, name);
            case "records":
                return records(name, command.path("from").asLong());
            case "nodes":
                return client.describeCluster().nodes().get().size();
            case "controller":
                return client.describeCluster().controller().get().id();
            default:
                throw new IllegalArgumentException("unknown command: " + command);
        }
    }

    private Object createTopic(JsonNode command, String name) throws Exception {
        NewTopic topic = new NewTopic(
            name,
            Optional.of(command.path("partitions").asInt(1)),
            Optional.of((short) command.path("replicas").asInt(1)));
        topic.configs(strings(command.path("configs")));
        client.createTopics(List.of(topic)).all().get();
        // Created is not yet known everywhere: wait until every partition has a leader.
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                TopicDescription description = client.describeTopics(List.of(name)).allTopicNames().get().get(name);
                if (description.partitions().stream().allMatch(Admin::hasLeader)) {
                    return description.topicId().toString();
                }
            } catch (ExecutionException notYet) {
                if (attempt == 199) {
                    throw notYet;
                }
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("no leader for " + name);
    }

    private static Object topicsAs(String text) throws Exception {
        Properties other = new Properties();
        other.load(new StringReader(text));
        String token = other.getProperty("sasl.oauthbearer.token.endpoint.url");
        if (token != null) {
            System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", token);
        }
        try (AdminClient client = AdminClient.create(other)) {
            return client.listTopics().names().get();
        }
    }

    private static boolean hasLeader(TopicPartitionInfo partition) {
        return partition.leader() != null && !partition.leader().isEmpty();
    }

    private Object describeTopic(String name) throws Exception {
        TopicDescription topic = client.describeTopics(List.of(name)).allTopicNames().get().get(name);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("id", topic.topicId().toString());
        ArrayNode leaders = answer.putArray("leaders");
        for (TopicPartitionInfo partition : topic.partitions()) {
            leaders.add(hasLeader(partition) ? partition.leader().id() : -1);
        }
        return answer;
    }

    private static AclBinding acl(JsonNode command) {
        ResourcePattern resource = new ResourcePattern(
            ResourceType.fromString(command.path("resource").asText()),
            command.path("name").asText(),
            PatternType.fromString(command.path("pattern").asText("LITERAL")));
        AccessControlEntry entry = new AccessControlEntry(
            command.path("principal").asText(),
            command.path("host").asText("*"),
            AclOperation.fromString(command.path("operation").asText()),
            AclPermissionType.fromString(command.path("permission").asText("ALLOW")));
        return new AclBinding(resource, entry);
    }

    private static List<UserScramCredentialAlteration> upsertions(String name, String password) {
        return List.of(
            new UserScramCredentialUpsertion(name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password),
            new UserScramCredentialUpsertion(name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password));
    }

    private static List<UserScramCredentialAlteration> deletions(String name) {
        return List.of(
            new UserScramCredentialDeletion(name, ScramMechanism.SCRAM_SHA_256),
            new UserScramCredentialDeletion(name, ScramMechanism.SCRAM_SHA_512));
    }

    private Object alterUsers(List<UserScramCredentialAlteration> changes) throws Exception {
        return client.alterUserScramCredentials(changes).all().get();
    }

    private Object setConfig(JsonNode command, String name) throws Exception {
        ConfigEntry entry = new ConfigEntry(command.path("key").asText(), command.path("value").asText());
        AlterConfigOp change = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
        return client.incrementalAlterConfigs(Map.of(configResource(command, name), List.of(change))).all().get();
    }

    private Object configs(JsonNode command, String name) throws Exception {
        ConfigResource resource = configResource(command, name);
        Config config = client.describeConfigs(List.of(resource)).all().get().get(resource);
        ObjectNode answer = JSON.createObjectNode();
        config.entries().forEach(entry -> answer.put(entry.name(), entry.value()));
        return answer;
    }

    private static ConfigResource configResource(JsonNode command, String name) {
        return new ConfigResource(ConfigResource.Type.valueOf(command.path("resource").asText()), name);
    }

    private Object endOffsets(String topic) throws Exception {
        TopicDescription description = client.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicPartitionInfo partition : description.partitions()) {
            wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends = client.listOffsets(wanted).all().get();
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < wanted.size(); partition++) {
            offsets.add(ends.get(new TopicPartition(topic, partition)).offset());
        }
        return offsets;
    }

    private Object groups() throws Exception {
        List<String> names = new ArrayList<>();
        client.listConsumerGroups().all().get().forEach(group -> names.add(group.groupId()));
        return names;
    }

    private Object produce(JsonNode command, String topic) throws Exception {
        if (producer == null) {
            producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer());
        }
        String key = command.path("key").asText(null);
        String value = command.path("value").asText(null);
        return producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
    }

    private Object records(String topic, long from) throws Exception {
        @SuppressWarnings("unchecked")
        List<Long> ends = (List<Long>) endOffsets(topic);
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < ends.size(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        ArrayNode found = JSON.createArrayNode();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(connection, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from));
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p.partition()))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(json(record)));
            }
        }
        return found;
    }

    private static ObjectNode json(ConsumerRecord<String, String> record) {
        ObjectNode node = JSON.createObjectNode();
        node.put("partition", record.partition());
        node.put("offset", record.offset());
        node.put("key", record.key());
        node.put("value", record.value());
        return node;
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new HashMap<>();
        object.fields().forEachRemaining(field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }
}
