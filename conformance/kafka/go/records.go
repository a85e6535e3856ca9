package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/twmb/franz-go/pkg/kgo"
)

// produce sends values to a topic, in a transaction when the step names one, and waits for every acknowledgement.
func produce(ctx context.Context, wishes script, wish step) (any, error) {
	client, err := dial(wishes, wish, producing(wish)...)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	transactional := wish.TransactionalID != ""
	if transactional {
		if err := client.BeginTransaction(); err != nil {
			return nil, err
		}
	}
	sent := client.ProduceSync(ctx, records(wish.Topic, wish.Values)...)
	if transactional {
		end := kgo.TransactionEndTry(sent.FirstErr() == nil && !wish.Abort)
		if err := client.EndTransaction(ctx, end); err != nil && sent.FirstErr() == nil {
			return nil, err
		}
	}
	if err := sent.FirstErr(); err != nil {
		return nil, err
	}
	offsets := []int64{}
	for _, result := range sent {
		offsets = append(offsets, result.Record.Offset)
	}
	return map[string]any{"offsets": offsets}, nil
}

func producing(wish step) []kgo.Opt {
	options := []kgo.Opt{kgo.RecordRetries(5)}
	switch wish.Acks {
	case "0":
		options = append(options, kgo.RequiredAcks(kgo.NoAck()))
	case "1":
		options = append(options, kgo.RequiredAcks(kgo.LeaderAck()))
	}
	if wish.TransactionalID != "" {
		options = append(options, kgo.TransactionalID(wish.TransactionalID))
	} else if !wish.Idempotent {
		options = append(options, kgo.DisableIdempotentWrite())
	}
	switch wish.Compression {
	case "gzip":
		options = append(options, kgo.ProducerBatchCompression(kgo.GzipCompression()))
	case "lz4":
		options = append(options, kgo.ProducerBatchCompression(kgo.Lz4Compression()))
	case "snappy":
		options = append(options, kgo.ProducerBatchCompression(kgo.SnappyCompression()))
	case "zstd":
		options = append(options, kgo.ProducerBatchCompression(kgo.ZstdCompression()))
	default:
		options = append(options, kgo.ProducerBatchCompression(kgo.NoCompression()))
	}
	return options
}

func records(topic string, values []string) []*kgo.Record {
	batch := []*kgo.Record{}
	for _, value := range values {
		batch = append(batch, &kgo.Record{Topic: topic, Key: []byte(value), Value: []byte(value)})
	}
	return batch
}

// consume reads the wanted number of records as a member of a group and commits.
func consume(ctx context.Context, wishes script, wish step) (any, error) {
	client, err := dial(wishes, wish, append(member(wish), kgo.ConsumeTopics(wish.Topic))...)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	values, err := read(ctx, client, wish)
	if err != nil {
		return nil, err
	}
	if err := client.CommitUncommittedOffsets(ctx); err != nil {
		return nil, err
	}
	return map[string]any{"values": values}, nil
}

// transfer consumes, writes what was read to another topic and commits both in one transaction.
func transfer(ctx context.Context, wishes script, wish step) (any, error) {
	options, err := connection(wishes, wish)
	if err != nil {
		return nil, err
	}
	options = append(options, member(wish)...)
	options = append(options, producing(wish)...)
	options = append(options, kgo.ConsumeTopics(wish.From), kgo.RequireStableFetchOffsets())
	session, err := kgo.NewGroupTransactSession(options...)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	values, err := read(ctx, session, wish)
	if err != nil {
		return nil, err
	}
	if err := session.Begin(); err != nil {
		return nil, err
	}
	sent := session.ProduceSync(ctx, records(wish.To, values)...).FirstErr()
	committed, err := session.End(ctx, kgo.TransactionEndTry(sent == nil))
	switch {
	case sent != nil:
		return nil, sent
	case err != nil:
		return nil, err
	case !committed:
		return nil, fmt.Errorf("the transaction was not committed")
	}
	return map[string]any{"values": values}, nil
}

// share reads the wanted number of records as a member of a share group.
func share(ctx context.Context, wishes script, wish step) (any, error) {
	client, err := dial(wishes, wish, kgo.ShareGroup(wish.Group), kgo.ConsumeTopics(wish.Topic))
	if err != nil {
		return nil, err
	}
	defer client.Close()
	values, err := read(ctx, client, wish)
	return map[string]any{"values": values}, err
}

func member(wish step) []kgo.Opt {
	options := []kgo.Opt{
		kgo.ConsumerGroup(wish.Group),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
	}
	if wish.Protocol == "consumer" {
		options = append(options, kgo.ServerSideBalancer(), kgo.Balancers(kgo.RangeBalancer()))
	}
	if wish.Isolation == "read_committed" {
		options = append(options, kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	}
	return options
}

type poller interface {
	PollFetches(context.Context) kgo.Fetches
}

func read(ctx context.Context, from poller, wish step) ([]string, error) {
	wanted := max(wish.Count, 1)
	values := []string{}
	for len(values) < wanted {
		fetches := from.PollFetches(ctx)
		for _, failed := range fetches.Errors() {
			return nil, fmt.Errorf("after %d of %d records: %w", len(values), wanted, failed.Err)
		}
		fetches.EachRecord(func(record *kgo.Record) { values = append(values, string(record.Value)) })
	}
	slices.Sort(values)
	return values, nil
}

func dial(wishes script, wish step, more ...kgo.Opt) (*kgo.Client, error) {
	options, err := connection(wishes, wish)
	if err != nil {
		return nil, err
	}
	return kgo.NewClient(append(options, more...)...)
}
