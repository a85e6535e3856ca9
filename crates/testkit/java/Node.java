/**
 * One Kafka node that formats its own storage.
 *
 * <p>Formatting and running in one process saves a JVM start per node.
 */
public final class Node {
    private Node() {}

    /** Arguments: the properties file, then those of {@code kafka-storage format}. */
    public static void main(String[] args) {
        String[] format = new String[args.length + 2];
        format[0] = "format";
        format[1] = "--config";
        System.arraycopy(args, 0, format, 2, args.length);
        int status = kafka.tools.StorageTool.execute(format, System.out);
        if (status != 0) {
            System.exit(status);
        }
        kafka.Kafka.main(new String[] {args[0]});
    }
}
