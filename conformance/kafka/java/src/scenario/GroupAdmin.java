package scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Administration of consumer groups, their offsets and transactions. */
final class GroupAdmin {
    private GroupAdmin() {}

    static void register(Map<String, Step> steps) {
        steps.put("list_groups", AdminStep.of(GroupAdmin::list));
        steps.put("describe_group", AdminStep.of((admin, request) -> admin
                .describeConsumerGroups(List.of(request.text("group"))).all().get().get(request.text("group")).toString()));
        steps.put("group_offsets", AdminStep.of(GroupAdmin::offsets));
        steps.put("alter_group_offsets", AdminStep.of((admin, request) -> admin
                .alterConsumerGroupOffsets(request.text("group"), Map.of(
                        TopicAdmin.partition(request), new OffsetAndMetadata(request.number("offset", 0))))
                .all().get()));
        steps.put("delete_group_offsets", AdminStep.of((admin, request) -> admin
                .deleteConsumerGroupOffsets(request.text("group"), Set.of(TopicAdmin.partition(request))).all().get()));
        steps.put("delete_group", AdminStep.of((admin, request) ->
                admin.deleteConsumerGroups(List.of(request.text("group"))).all().get()));
        steps.put("remove_member", AdminStep.of((admin, request) -> admin
                .removeMembersFromConsumerGroup(request.text("group"), new RemoveMembersFromConsumerGroupOptions(
                        List.of(new MemberToRemove(request.text("instance")))))
                .all().get()));
        steps.put("list_transactions", AdminStep.of((admin, request) -> {
            Set<String> ids = new TreeSet<>();
            admin.listTransactions(new ListTransactionsOptions()).all().get()
                    .forEach(transaction -> ids.add(transaction.transactionalId()));
            return ids;
        }));
        steps.put("describe_transaction", AdminStep.of((admin, request) -> admin
                .describeTransactions(List.of(request.text("transactional_id"))).all().get().toString()));
        steps.put("fence_producer", AdminStep.of((admin, request) ->
                admin.fenceProducers(List.of(request.text("transactional_id"))).all().get()));
        steps.put("abort_transaction", AdminStep.of((admin, request) -> admin
                .abortTransaction(new AbortTransactionSpec(
                        TopicAdmin.partition(request), request.number("producer_id", 0), (short) 0, 0))
                .all().get()));
    }

    /** Replaced by the newer client's way to list groups of every kind. */
    @SuppressWarnings({"deprecation", "removal"})
    private static Object list(Admin admin, Request request) throws Exception {
        Set<String> groups = new TreeSet<>();
        admin.listConsumerGroups().all().get().forEach(group -> groups.add(group.groupId()));
        return groups;
    }

    private static Object offsets(Admin admin, Request request) throws Exception {
        Map<String, Long> offsets = new TreeMap<>();
        admin.listConsumerGroupOffsets(request.text("group")).partitionsToOffsetAndMetadata().get()
                .forEach((partition, offset) -> offsets.put(partition.toString(), offset == null ? -1 : offset.offset()));
        return offsets;
    }
}
