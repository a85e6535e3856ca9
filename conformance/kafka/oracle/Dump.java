import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes what Kafka's JSON converters give in the one spelling that the comparison uses. */
final class Dump {
    private Dump() {
    }

    static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                out.append(field.getKey()).append('=');
                write(field.getValue(), out);
                out.append(';');
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (JsonNode element : node) {
                write(element, out);
                out.append(';');
            }
            out.append(']');
        } else if (node.isTextual()) {
            out.append('"').append(node.textValue()).append('"');
        } else if (node.isBinary()) {
            hex(node, out);
        } else if (node.isDouble()) {
            out.append(Double.doubleToRawLongBits(node.doubleValue()));
        } else {
            out.append(node.asText());
        }
    }

    private static void hex(JsonNode node, StringBuilder out) {
        try {
            for (byte value : node.binaryValue()) {
                out.append(Character.forDigit(value >> 4 & 15, 16)).append(Character.forDigit(value & 15, 16));
            }
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
