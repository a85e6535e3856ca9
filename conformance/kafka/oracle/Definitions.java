import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Writes what `cargo xtask codegen` needs from the kafka-clients jar on the class path: every message
 * definition as `D name length sha256` and its bytes, then every error code as `E code name retriable`.
 */
public final class Definitions {
    public static void main(String[] args) throws Exception {
        URI jar = Errors.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarFile file = new JarFile(jar.getPath())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.startsWith("common/message/") && name.endsWith(".json")) {
                    definition(out, name.substring("common/message/".length()), file.getInputStream(entry).readAllBytes());
                }
            }
        }
        for (Errors error : Errors.values()) {
            line(out, "E " + error.code() + " " + error.name() + " " + (error.exception() instanceof RetriableException));
        }
        DataOutputStream stdout = new DataOutputStream(System.out);
        out.writeTo(stdout);
        stdout.flush();
    }

    private static void definition(ByteArrayOutputStream out, String name, byte[] text)
            throws IOException, NoSuchAlgorithmException {
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        line(out, "D " + name + " " + text.length + " " + digest);
        out.write(text);
        line(out, "");
    }

    private static void line(ByteArrayOutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
