import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Fills Kafka's own schemas with random values. Two instances with the same seed make the same values; only one of
 * them adds tagged fields that no schema knows.
 */
final class RandomStructs {
    private static final int FIRST_UNKNOWN_TAG = 1000;
    private static final String[] TEXTS = {"", "a", "orders", "zażółć gęślą", "日本語", "\uD83D\uDE80", "__consumer_offsets"};

    private final Random random;
    private final Random unknown;

    RandomStructs(long seed, boolean withUnknownTags) {
        this.random = new Random(seed);
        this.unknown = withUnknownTags ? new Random(seed + 1) : null;
    }

    Struct struct(Schema schema) {
        Struct struct = new Struct(schema);
        for (BoundField field : schema.fields()) {
            struct.set(field, value(field.def.type));
        }
        return struct;
    }

    private Object value(Type type) {
        if (type.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        if (type instanceof Schema) {
            return struct((Schema) type);
        }
        if (type instanceof TaggedFields) {
            return tagged((TaggedFields) type);
        }
        if (type.isArray()) {
            Object[] elements = new Object[random.nextInt(32) == 0 ? random.nextInt(12) : random.nextInt(3)];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = value(type.arrayElementType().get());
            }
            return elements;
        }
        return scalar(type);
    }

    private Object scalar(Type type) {
        if (type == Type.BOOLEAN) {
            return random.nextBoolean();
        } else if (type == Type.INT8) {
            return (byte) number();
        } else if (type == Type.INT16) {
            return (short) number();
        } else if (type == Type.UINT16) {
            return (int) number() & 0xffff;
        } else if (type == Type.INT32) {
            return (int) number();
        } else if (type == Type.UNSIGNED_INT32) {
            return number() & 0xffffffffL;
        } else if (type == Type.INT64) {
            return number();
        } else if (type == Type.FLOAT64) {
            return random.nextBoolean() ? 0.0 : random.nextGaussian();
        } else if (type == Type.UUID) {
            return random.nextBoolean() ? Uuid.ZERO_UUID : new Uuid(random.nextLong(), random.nextLong());
        }
        return sized(type);
    }

    private Object sized(Type type) {
        if (type == Type.STRING || type == Type.NULLABLE_STRING
                || type == Type.COMPACT_STRING || type == Type.COMPACT_NULLABLE_STRING) {
            return text();
        } else if (type == Type.RECORDS || type == Type.NULLABLE_RECORDS
                || type == Type.COMPACT_RECORDS || type == Type.COMPACT_NULLABLE_RECORDS) {
            return MemoryRecords.readableRecords(ByteBuffer.wrap(bytes()));
        } else if (type == Type.BYTES || type == Type.NULLABLE_BYTES
                || type == Type.COMPACT_BYTES || type == Type.COMPACT_NULLABLE_BYTES) {
            return ByteBuffer.wrap(bytes());
        }
        throw new IllegalArgumentException("no random values for the type " + type);
    }

    private NavigableMap<Integer, Object> tagged(TaggedFields type) {
        NavigableMap<Integer, Object> values = new TreeMap<>();
        for (NavigableMap.Entry<Integer, Field> known : type.fields().entrySet()) {
            if (random.nextBoolean()) {
                values.put(known.getKey(), value(known.getValue().type));
            }
        }
        if (unknown != null && unknown.nextInt(2) == 0) {
            for (int i = 0; i <= unknown.nextInt(2); i++) {
                int tag = FIRST_UNKNOWN_TAG + unknown.nextInt(100_000);
                byte[] bytes = new byte[unknown.nextInt(200)];
                unknown.nextBytes(bytes);
                values.put(tag, new RawTaggedField(tag, bytes));
            }
        }
        return values;
    }

    private long number() {
        switch (random.nextInt(4)) {
            case 0:
                return random.nextInt(4) - 1;
            case 1:
                return new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE}[random.nextInt(4)];
            default:
                return random.nextLong();
        }
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(32) == 0 ? text.repeat(random.nextInt(60)) : text;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(32) == 0 ? random.nextInt(400) : random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }
}
