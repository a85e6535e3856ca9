import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;

/**
 * Kafka's own message classes, asked over standard input and output.
 *
 * <ul>
 * <li>{@code tables} prints the keys, versions, header versions and error codes.
 * <li>{@code write SEED COUNT} makes COUNT random messages for every key and version, and says what Kafka reads in them.
 * <li>{@code read} reads messages from standard input and says the same of each.
 * </ul>
 */
public final class Oracle {
    private static final Map<String, Method> CONVERTERS = new HashMap<>();

    private final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20));

    public static void main(String[] args) throws Exception {
        Oracle oracle = new Oracle();
        switch (args[0]) {
            case "tables":
                oracle.tables();
                break;
            case "write":
                oracle.write(Long.parseLong(args[1]), Integer.parseInt(args[2]));
                break;
            case "read":
                oracle.read();
                break;
            default:
                throw new IllegalArgumentException(args[0]);
        }
        oracle.out.flush();
    }

    private void tables() throws IOException {
        for (ApiKeys key : ApiKeys.apisForListener(ApiMessageType.ListenerType.BROKER)) {
            for (short version = key.oldestVersion(); version <= key.latestVersion(false); version++) {
                line("K " + key.id + " " + key.name + " " + version + " " + key.requestHeaderVersion(version)
                        + " " + key.responseHeaderVersion(version));
            }
        }
        for (Errors error : Errors.values()) {
            line("E " + error.code() + " " + error.name() + " " + (error.exception() instanceof RetriableException));
        }
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void write(long seed, int count) throws Exception {
        Random seeds = new Random(seed);
        for (ApiKeys key : ApiKeys.apisForListener(ApiMessageType.ListenerType.BROKER)) {
            for (short version = key.oldestVersion(); version <= key.latestVersion(false); version++) {
                for (int i = 0; i < count; i++) {
                    write(key, version, true, seeds.nextLong());
                    write(key, version, false, seeds.nextLong());
                }
            }
        }
    }

    /** One message: as its schema writes it, also with unknown tagged fields if it can have any, and what is in it. */
    private void write(ApiKeys key, short version, boolean request, long seed) throws Exception {
        Schema schema = request ? key.messageType.requestSchemas()[version] : key.messageType.responseSchemas()[version];
        byte[] plain = bytes(schema, new RandomStructs(seed, false).struct(schema));
        byte[] extended = bytes(schema, new RandomStructs(seed, true).struct(schema));
        out.writeShort(key.id);
        out.writeShort(version);
        out.writeBoolean(request);
        blob(plain);
        blob(Arrays.equals(plain, extended) ? new byte[0] : extended);
        answer(key, version, request, plain);
    }

    private void read() throws Exception {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
        while (true) {
            short id;
            try {
                id = in.readShort();
            } catch (EOFException end) {
                return;
            }
            short version = in.readShort();
            boolean request = in.readBoolean();
            byte[] body = new byte[in.readInt()];
            in.readFully(body);
            answer(ApiKeys.forId(id), version, request, body);
        }
    }

    /** Reads a message and says how Kafka writes it again, if differently, and which fields it found. */
    private void answer(ApiKeys key, short version, boolean request, byte[] body) throws Exception {
        ApiMessage message = request ? key.messageType.newRequest() : key.messageType.newResponse();
        ByteBuffer buffer = ByteBuffer.wrap(body);
        StringBuilder dump = new StringBuilder();
        byte[] written = new byte[0];
        try {
            message.read(new ByteBufferAccessor(buffer), version);
            written = MessageUtil.toByteBufferAccessor(message, version).buffer().array();
            Dump.write(json(message, version), dump);
            if (buffer.hasRemaining()) {
                dump.append(" and ").append(buffer.remaining()).append(" bytes left");
            }
        } catch (RuntimeException refused) {
            dump.setLength(0);
            dump.append("refused: ").append(refused);
        }
        out.writeBoolean(Arrays.equals(written, body));
        blob(Arrays.equals(written, body) ? new byte[0] : written);
        blob(dump.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(Schema schema, Struct struct) {
        ByteBuffer buffer = ByteBuffer.allocate(struct.sizeOf());
        schema.write(buffer, struct);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static JsonNode json(ApiMessage message, short version) throws Exception {
        String name = message.getClass().getName();
        Method method = CONVERTERS.get(name);
        if (method == null) {
            method = Class.forName(name + "JsonConverter")
                    .getMethod("write", message.getClass(), short.class, boolean.class);
            CONVERTERS.put(name, method);
        }
        return (JsonNode) method.invoke(null, message, version, false);
    }

    private void blob(byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
