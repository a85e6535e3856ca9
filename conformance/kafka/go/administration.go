package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/twmb/franz-go/pkg/kadm"
)

type adminAction func(context.Context, *kadm.Client, step) (any, error)

func administer(act adminAction) action {
	return func(ctx context.Context, wishes script, wish step) (any, error) {
		client, err := dial(wishes, wish)
		if err != nil {
			return nil, err
		}
		defer client.Close()
		return act(ctx, kadm.NewClient(client), wish)
	}
}

var administration = map[string]adminAction{
	"login": func(ctx context.Context, admin *kadm.Client, _ step) (any, error) {
		found, err := admin.BrokerMetadata(ctx)
		return found.Cluster, err
	},
	"create_topic": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		created, err := admin.CreateTopic(ctx, max(wish.Partitions, 1), max(wish.Replication, 1), nil, wish.Topic)
		return created.ID.String(), err
	},
	"delete_topic": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		_, err := admin.DeleteTopic(ctx, wish.Topic)
		return nil, err
	},
	"list_topics": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		found, err := admin.ListTopicsWithInternal(ctx)
		return found.Names(), err
	},
	"describe_topic":    describeTopic,
	"describe_cluster":  describeCluster,
	"list_groups":       listGroups,
	"describe_config":   describeConfig,
	"list_offsets":      listOffsets,
	"list_transactions": listTransactions,
	"create_partitions": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		set, err := admin.UpdatePartitions(ctx, int(max(wish.Partitions, 2)), wish.Topic)
		return nil, first(err, set.Error())
	},
	"delete_records": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		deleted, err := admin.DeleteRecords(ctx, position(wish))
		return nil, first(err, deleted.Error())
	},
	"alter_config": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		change := []kadm.AlterConfig{{Op: kadm.SetConfig, Name: wish.Key, Value: &wish.Value}}
		altered, err := admin.AlterTopicConfigs(ctx, change, wish.Resource)
		for _, result := range altered {
			err = first(err, result.Err)
		}
		return nil, err
	},
	"describe_group": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		found, err := admin.DescribeGroups(ctx, wish.Group)
		return found[wish.Group].State, first(err, found.Error())
	},
	"group_offsets": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		found, err := admin.FetchOffsets(ctx, wish.Group)
		offsets := map[string]int64{}
		found.Each(func(one kadm.OffsetResponse) {
			offsets[fmt.Sprintf("%s-%d", one.Topic, one.Partition)] = one.At
		})
		return offsets, first(err, found.Error())
	},
	"alter_group_offsets": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		return nil, admin.CommitAllOffsets(ctx, wish.Group, position(wish))
	},
	"delete_group": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		_, err := admin.DeleteGroup(ctx, wish.Group)
		return nil, err
	},
	"describe_acls": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		everything := kadm.NewACLs().AnyResource().Allow().AllowHosts().Deny().DenyHosts().
			Operations(kadm.OpAny).ResourcePatternType(kadm.ACLPatternAny)
		found, err := admin.DescribeACLs(ctx, everything)
		for _, result := range found {
			err = first(err, result.Err)
		}
		return len(found), err
	},
	"describe_scram": func(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
		found, err := admin.DescribeUserSCRAMs(ctx)
		return len(found), first(err, found.Error())
	},
}

func describeTopic(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
	found, err := admin.ListTopics(ctx, wish.Topic)
	if err = first(err, found.Error()); err != nil {
		return nil, err
	}
	topic := found[wish.Topic]
	return map[string]any{"name": topic.Topic, "id": topic.ID.String(), "partitions": len(topic.Partitions)}, nil
}

func describeCluster(ctx context.Context, admin *kadm.Client, _ step) (any, error) {
	found, err := admin.BrokerMetadata(ctx)
	nodes := []string{}
	for _, node := range found.Brokers {
		nodes = append(nodes, fmt.Sprintf("%d@%s:%d", node.NodeID, node.Host, node.Port))
	}
	slices.Sort(nodes)
	return map[string]any{"nodes": nodes}, err
}

func listGroups(ctx context.Context, admin *kadm.Client, _ step) (any, error) {
	found, err := admin.ListGroups(ctx)
	return found.Groups(), err
}

func describeConfig(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
	found, err := admin.DescribeTopicConfigs(ctx, wish.Resource)
	entries := map[string]string{}
	for _, resource := range found {
		err = first(err, resource.Err)
		for _, entry := range resource.Configs {
			entries[entry.Key] = entry.MaybeValue()
		}
	}
	return entries, err
}

func listOffsets(ctx context.Context, admin *kadm.Client, wish step) (any, error) {
	found, err := admin.ListEndOffsets(ctx, wish.Topic)
	if err = first(err, found.Error()); err != nil {
		return nil, err
	}
	end, _ := found.Lookup(wish.Topic, wish.Partition)
	return end.Offset, nil
}

func listTransactions(ctx context.Context, admin *kadm.Client, _ step) (any, error) {
	found, err := admin.ListTransactions(ctx, nil, nil)
	return found.TransactionalIDs(), err
}

func position(wish step) kadm.Offsets {
	offsets := kadm.Offsets{}
	offsets.AddOffset(wish.Topic, wish.Partition, wish.Offset, -1)
	return offsets
}

func first(errors ...error) error {
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}
