package scenario;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error while Kafka's tools run.
 *
 * <p>Scala keeps the stream it first saw, so the stream is replaced once and for all, and only its target changes.
 */
final class Output {
    private static final Switch SWITCH = new Switch();

    private Output() {}

    /** Returns the real standard output, for the answers alone. */
    static PrintStream takeOver() {
        PrintStream real = System.out;
        SWITCH.target = System.err;
        PrintStream replaced = new PrintStream(SWITCH, true, StandardCharsets.UTF_8);
        System.setOut(replaced);
        System.setErr(replaced);
        return real;
    }

    /** From now on everything printed is collected in what this returns. */
    static ByteArrayOutputStream collect() {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        SWITCH.swap(collected);
        return collected;
    }

    /** Ends a collection. */
    static void release(OutputStream before) {
        SWITCH.swap(before);
    }

    static OutputStream current() {
        return SWITCH.target;
    }

    private static final class Switch extends OutputStream {
        private OutputStream target;

        synchronized void swap(OutputStream next) {
            target = next;
        }

        @Override
        public synchronized void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            try {
                target.write(bytes, offset, length);
            } catch (java.io.IOException lost) {
                throw new java.io.UncheckedIOException(lost);
            }
        }
    }
}
