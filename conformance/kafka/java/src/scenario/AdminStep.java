package scenario;

import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A step of the administration client. */
@FunctionalInterface
interface AdminStep {
    Object run(Admin admin, Request request) throws Exception;

    /** The same as an ordinary step: connected as the step's caller, closed afterwards. */
    static Step of(AdminStep step) {
        return request -> {
            Properties properties = request.connection();
            properties.put("default.api.timeout.ms", "20000");
            try (Admin admin = Admin.create(properties)) {
                return step.run(admin, request);
            }
        };
    }
}
