package scenario;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.utils.Exit;

/**
 * Apache's command line tools: the main class that the shell script of the same name starts, with the same arguments.
 *
 * <p>They run inside this machine because starting one Java process per command would be most of the test's time.
 */
final class Tool {
    private Tool() {}

    static Object run(Request request) throws Exception {
        Path properties = Files.createTempFile("client", ".properties");
        List<String> arguments = new ArrayList<>();
        Properties connection = request.connection();
        for (String argument : request.texts("args")) {
            arguments.add(argument
                    .replace("{bootstrap}", connection.getProperty("bootstrap.servers"))
                    .replace("{config}", properties.toString()));
        }
        connection.remove("bootstrap.servers");
        try (Writer writer = Files.newBufferedWriter(properties)) {
            connection.store(writer, null);
        }
        return call(request.text("main"), arguments, request.text("stdin", ""));
    }

    private static Object call(String main, List<String> arguments, String input) throws Exception {
        InputStream keyboard = System.in;
        OutputStream before = Output.current();
        ByteArrayOutputStream printed = Output.collect();
        int[] status = {0};
        boolean[] left = {false};
        List<Runnable> hooks = new ArrayList<>();
        Exit.Procedure leave = (code, message) -> {
            // A tool that catches what this throws complains and exits again; what counts is what came before.
            if (!left[0]) {
                status[0] = code;
                left[0] = true;
                hooks.forEach(Runnable::run);
                Output.release(OutputStream.nullOutputStream());
            }
            throw new Left();
        };
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            Exit.setExitProcedure(leave);
            Exit.setHaltProcedure(leave);
            // The console producer sends what it holds only when the process ends.
            Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
            invoke(main, arguments);
            if (!left[0]) {
                hooks.forEach(Runnable::run);
            }
        } finally {
            Output.release(before);
            System.setIn(keyboard);
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
            Exit.resetShutdownHookAdder();
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        if (status[0] != 0) {
            throw new ToolFailure(output);
        }
        return Map.of("output", output);
    }

    private static void invoke(String main, List<String> arguments) throws Exception {
        try {
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof Left)) {
                throw new IllegalStateException(thrown.getCause());
            }
        }
    }

    /** A tool ended with a status other than 0, having printed the message. */
    private static final class ToolFailure extends Exception {
        private static final long serialVersionUID = 1;

        ToolFailure(String output) {
            super(output);
        }
    }

    /** A tool wanted to end the process. */
    private static final class Left extends Error {
        private static final long serialVersionUID = 1;

        Left() {
            super("the tool ended", null, false, false);
        }
    }
}
