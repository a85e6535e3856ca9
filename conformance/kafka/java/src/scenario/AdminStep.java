package scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A step of the administration client. */
@FunctionalInterface
interface AdminStep {
    /** Clients live as long as the program, as those of a service do. */
    Map<String, Admin> CLIENTS = new HashMap<>();

    Object run(Admin admin, Request request) throws Exception;

    /** The same as an ordinary step, done by the one client of the step's caller. */
    static Step of(AdminStep step) {
        return request -> {
            Admin admin = CLIENTS.get(request.text("as"));
            if (admin == null) {
                admin = connect(request);
                CLIENTS.put(request.text("as"), admin);
            }
            return step.run(admin, request);
        };
    }

    /** The same with a client of its own, for callers who may not get in. */
    static Step alone(AdminStep step) {
        return request -> {
            try (Admin admin = connect(request)) {
                return step.run(admin, request);
            }
        };
    }

    private static Admin connect(Request request) throws Exception {
        Properties properties = request.connection();
        String patience = String.valueOf(request.patience().toMillis());
        properties.put("default.api.timeout.ms", patience);
        properties.put("request.timeout.ms", patience);
        return Admin.create(properties);
    }
}
