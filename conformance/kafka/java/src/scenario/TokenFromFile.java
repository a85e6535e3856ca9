package scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Gives the OAUTHBEARER login the token that a file holds, as a token agent on the machine would leave it there. */
public final class TokenFromFile implements AuthenticateCallbackHandler {
    private Path file;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        file = Path.of((String) entries.get(0).getOptions().get("tokenFile"));
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback wanted) {
                wanted.token(new FileToken(Files.readString(file).strip()));
            } else if (!(callback instanceof SaslExtensionsCallback)) {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}

    private static final class FileToken implements OAuthBearerToken {
        private final String value;
        private final JsonNode claims;

        FileToken(String value) throws IOException {
            this.value = value;
            this.claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(value.split("\\.")[1]));
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return claims.path("exp").asLong() * 1000;
        }

        @Override
        public String principalName() {
            return claims.path("sub").asText();
        }

        @Override
        public Long startTimeMs() {
            return claims.has("iat") ? claims.get("iat").asLong() * 1000 : null;
        }
    }
}
