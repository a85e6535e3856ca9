package scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A caller of the script as configuration of Kafka's Java client. */
final class Security {
    private Security() {}

    static Properties of(JsonNode caller) throws Exception {
        Properties properties = new Properties();
        String mechanism = caller.path("mechanism").asText("NONE");
        boolean encrypted = caller.hasNonNull("ca");
        boolean sasl = !mechanism.equals("NONE") && !mechanism.equals("MTLS");
        properties.put("security.protocol", (sasl ? "SASL_" : "") + (encrypted ? "SSL" : "PLAINTEXT"));
        if (encrypted) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.location", caller.get("ca").asText());
        }
        if (caller.hasNonNull("certificate")) {
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.certificate.chain", read(caller, "certificate"));
            properties.put("ssl.keystore.key", read(caller, "key"));
        }
        if (sasl) {
            properties.put("sasl.mechanism", mechanism);
            login(properties, mechanism, caller);
        }
        // Short enough that a refused step does not hold up the run, long enough for a slow machine.
        properties.put("request.timeout.ms", "15000");
        properties.put("socket.connection.setup.timeout.ms", "10000");
        properties.put("reconnect.backoff.max.ms", "500");
        return properties;
    }

    private static void login(Properties properties, String mechanism, JsonNode caller) {
        if (mechanism.equals("OAUTHBEARER")) {
            properties.put("sasl.login.callback.handler.class", TokenFromFile.class.getName());
            properties.put("sasl.jaas.config", module("oauthbearer.OAuthBearerLoginModule")
                    + " tokenFile=\"" + caller.get("token_file").asText() + "\";");
            return;
        }
        String name = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        properties.put("sasl.jaas.config", module(name)
                + " username=\"" + caller.get("username").asText() + "\""
                + " password=\"" + caller.get("password").asText() + "\";");
    }

    private static String module(String name) {
        return "org.apache.kafka.common.security." + name + " required";
    }

    private static String read(JsonNode caller, String field) throws Exception {
        return Files.readString(Path.of(caller.get(field).asText()));
    }
}
