package scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** What a cluster says about itself, and its configuration. */
final class ClusterAdmin {
    private ClusterAdmin() {}

    static void register(Map<String, Step> steps) {
        steps.put("login", AdminStep.alone((admin, request) -> admin.describeCluster().clusterId().get()));
        steps.put("describe_cluster", AdminStep.of(ClusterAdmin::describe));
        steps.put("describe_quorum", AdminStep.of((admin, request) ->
                admin.describeMetadataQuorum().quorumInfo().get().toString()));
        steps.put("describe_features", AdminStep.of((admin, request) ->
                admin.describeFeatures().featureMetadata().get().toString()));
        steps.put("update_feature", AdminStep.of((admin, request) -> admin
                .updateFeatures(
                        Map.of(request.text("feature"), new FeatureUpdate(
                                (short) request.number("level", 1), FeatureUpdate.UpgradeType.UPGRADE)),
                        new UpdateFeaturesOptions().validateOnly(true))
                .all().get()));
        steps.put("unregister_broker", AdminStep.of((admin, request) ->
                admin.unregisterBroker(request.number("broker", 99)).all().get()));
        steps.put("describe_config", AdminStep.of(ClusterAdmin::describeConfig));
        steps.put("alter_config", AdminStep.of(ClusterAdmin::alterConfig));
        steps.put("client_instance", AdminStep.of((admin, request) ->
                admin.clientInstanceId(request.patience()).toString()));
    }

    private static Object describe(Admin admin, Request request) throws Exception {
        var options = new DescribeClusterOptions().includeAuthorizedOperations(true);
        var result = admin.describeCluster(options);
        List<String> nodes = new ArrayList<>();
        for (Node node : result.nodes().get()) {
            nodes.add(node.id() + "@" + node.host() + ":" + node.port());
        }
        nodes.sort(null);
        Map<String, Object> seen = new TreeMap<>();
        seen.put("nodes", nodes);
        seen.put("controller", String.valueOf(result.controller().get()));
        seen.put("operations", String.valueOf(result.authorizedOperations().get()));
        return seen;
    }

    private static Object describeConfig(Admin admin, Request request) throws Exception {
        Config config = admin.describeConfigs(List.of(resource(request))).all().get().get(resource(request));
        Map<String, String> entries = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            entries.put(entry.name(), entry.value());
        }
        return entries;
    }

    private static Object alterConfig(Admin admin, Request request) throws Exception {
        ConfigEntry entry = new ConfigEntry(request.text("key"), request.text("value"));
        var change = List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET));
        return admin.incrementalAlterConfigs(Map.of(resource(request), change)).all().get();
    }

    private static ConfigResource resource(Request request) {
        var type = ConfigResource.Type.valueOf(request.text("type", "TOPIC"));
        return new ConfigResource(type, request.text("resource"));
    }
}
