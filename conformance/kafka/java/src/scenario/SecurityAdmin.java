package scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeDelegationTokenOptions;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Administration of the broker's own permissions, credentials, quotas and delegation tokens. */
final class SecurityAdmin {
    private SecurityAdmin() {}

    static void register(Map<String, Step> steps) {
        steps.put("describe_acls", AdminStep.of((admin, request) -> {
            List<String> acls = new ArrayList<>();
            admin.describeAcls(AclBindingFilter.ANY).values().get().forEach(acl -> acls.add(acl.toString()));
            return acls;
        }));
        steps.put("create_acl", AdminStep.of((admin, request) ->
                admin.createAcls(List.of(acl(request))).all().get()));
        steps.put("delete_acl", AdminStep.of((admin, request) ->
                admin.deleteAcls(List.of(acl(request).toFilter())).all().get().toString()));
        steps.put("describe_scram", AdminStep.of((admin, request) ->
                admin.describeUserScramCredentials().all().get().toString()));
        steps.put("alter_scram", AdminStep.of(SecurityAdmin::alterScram));
        steps.put("describe_quotas", AdminStep.of((admin, request) ->
                admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().toString()));
        steps.put("alter_quota", AdminStep.of(SecurityAdmin::alterQuota));
        steps.put("create_token", AdminStep.of((admin, request) ->
                admin.createDelegationToken().delegationToken().get().tokenInfo().tokenId()));
        steps.put("describe_tokens", AdminStep.of((admin, request) -> admin
                .describeDelegationToken(new DescribeDelegationTokenOptions()).delegationTokens().get().size()));
        steps.put("renew_token", AdminStep.of((admin, request) ->
                admin.renewDelegationToken(new byte[] {1}).expiryTimestamp().get()));
        steps.put("expire_token", AdminStep.of((admin, request) ->
                admin.expireDelegationToken(new byte[] {1}).expiryTimestamp().get()));
    }

    private static AclBinding acl(Request request) {
        var resource = new ResourcePattern(ResourceType.TOPIC, request.text("topic"), PatternType.LITERAL);
        var entry = new AccessControlEntry(
                "User:" + request.text("principal"), "*", AclOperation.READ, AclPermissionType.ALLOW);
        return new AclBinding(resource, entry);
    }

    private static Object alterScram(Admin admin, Request request) throws Exception {
        var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
        var change = new UserScramCredentialUpsertion(request.text("user"), credential, request.text("password"));
        return admin.alterUserScramCredentials(List.of(change)).all().get();
    }

    private static Object alterQuota(Admin admin, Request request) throws Exception {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, request.text("user")));
        var change = new ClientQuotaAlteration.Op("producer_byte_rate", 1_000_000.0);
        return admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(change)))).all().get();
    }
}
