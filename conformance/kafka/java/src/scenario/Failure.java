package scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.streams.errors.StreamsException;

/** Why a step failed: Kafka's name for the error, the exception's class and its text. */
final class Failure {
    private Failure() {}

    static Map<String, Object> describe(Throwable thrown) {
        Throwable cause = root(thrown);
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("error", name(cause));
        description.put("class", cause.getClass().getSimpleName());
        description.put("detail", texts(cause));
        return description;
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (wrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Kafka's clients wrap what the broker said, some of them in the plain base class. */
    private static boolean wrapper(Throwable thrown) {
        return thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof StreamsException
                || thrown.getClass() == org.apache.kafka.common.KafkaException.class;
    }

    private static String name(Throwable cause) {
        if (cause instanceof ApiException && Errors.forException(cause) != Errors.UNKNOWN_SERVER_ERROR) {
            return Errors.forException(cause).name();
        }
        return cause.getClass().getSimpleName();
    }

    private static String texts(Throwable thrown) {
        StringBuilder texts = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            texts.append(texts.isEmpty() ? "" : ": ").append(cause.getMessage());
        }
        return texts.toString();
    }
}
