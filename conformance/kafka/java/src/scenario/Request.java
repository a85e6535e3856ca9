package scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One step as the script wrote it. */
final class Request {
    private final JsonNode script;
    private final JsonNode wish;

    Request(JsonNode script, JsonNode wish) {
        this.script = script;
        this.wish = wish;
    }

    /** The name the answer carries: the script's own, or that of the step. */
    String label() {
        return text("name", text("step"));
    }

    /** What a client needs to connect as this step's caller. */
    Properties connection() throws Exception {
        JsonNode caller = script.get("callers").get(text("as"));
        if (caller == null) {
            throw new IllegalArgumentException("the script has no caller `" + text("as") + "`");
        }
        Properties properties = Security.of(caller);
        JsonNode bootstrap = caller.has("bootstrap") ? caller.get("bootstrap") : script.get("bootstrap");
        properties.put("bootstrap.servers", bootstrap.asText());
        return properties;
    }

    String text(String field) {
        JsonNode value = wish.get(field);
        if (value == null) {
            throw new IllegalArgumentException("the step needs `" + field + "`");
        }
        return value.asText();
    }

    String text(String field, String otherwise) {
        return has(field) ? wish.get(field).asText() : otherwise;
    }

    int number(String field, int otherwise) {
        return has(field) ? wish.get(field).asInt() : otherwise;
    }

    boolean flag(String field) {
        return has(field) && wish.get(field).asBoolean();
    }

    boolean has(String field) {
        return wish.hasNonNull(field);
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        if (has(field)) {
            wish.get(field).forEach(value -> texts.add(value.asText()));
        }
        return texts;
    }

    /** How long a step may wait for records before it fails. */
    Duration patience() {
        return Duration.ofMillis(number("timeout_ms", 20_000));
    }
}
