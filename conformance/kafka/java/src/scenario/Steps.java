package scenario;

import java.util.HashMap;
import java.util.Map;

/** Every step this build of the program knows, by name. */
final class Steps {
    private Steps() {}

    static Map<String, Step> all() throws ReflectiveOperationException {
        Map<String, Step> steps = new HashMap<>();
        steps.put("produce", Producing::produce);
        steps.put("copy", Producing::copy);
        steps.put("consume", Consuming::consume);
        steps.put("streams", StreamsApplication::run);
        steps.put("tool", Tool::run);
        TopicAdmin.register(steps);
        GroupAdmin.register(steps);
        ClusterAdmin.register(steps);
        SecurityAdmin.register(steps);
        registerNewer(steps);
        return steps;
    }

    /** Steps that need a newer client live in a source folder the older build leaves out. */
    @SuppressWarnings("unchecked")
    private static void registerNewer(Map<String, Step> steps) throws ReflectiveOperationException {
        Class<?> newer;
        try {
            newer = Class.forName("scenario.Newer");
        } catch (ClassNotFoundException olderClient) {
            return;
        }
        newer.getDeclaredMethod("register", Map.class).invoke(null, steps);
    }
}
