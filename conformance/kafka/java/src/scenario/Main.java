package scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the steps of a script with Kafka's own Java client and prints one line of JSON for each. */
public final class Main {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        PrintStream answers = Output.takeOver();
        JsonNode script = JSON.readTree(new File(args[0]));
        Map<String, Step> steps = Steps.all();
        for (JsonNode wish : script.get("steps")) {
            answers.println(JSON.writeValueAsString(answer(steps, new Request(script, wish))));
            answers.flush();
        }
        // Kafka's tools leave threads behind that would keep the machine alive.
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, Object> answer(Map<String, Step> steps, Request request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("step", request.label());
        long start = System.nanoTime();
        try {
            Step step = steps.get(request.text("step"));
            if (step == null) {
                throw new UnsupportedStep(request.text("step"));
            }
            Object detail = step.run(request);
            answer.put("ok", true);
            answer.put("detail", detail);
        } catch (Throwable thrown) {
            answer.put("ok", false);
            answer.putAll(Failure.describe(thrown));
        }
        answer.put("millis", (System.nanoTime() - start) / 1_000_000);
        return answer;
    }

    private static final class UnsupportedStep extends Exception {
        private static final long serialVersionUID = 1;

        UnsupportedStep(String step) {
            super("this client has no step `" + step + "`");
        }
    }
}
