// Runs the steps of a script with franz-go and prints one line of JSON for each.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
)

type script struct {
	Bootstrap string            `json:"bootstrap"`
	Callers   map[string]caller `json:"callers"`
	Steps     []step            `json:"steps"`
}

// step is one thing a client does, as the script wrote it.
type step struct {
	Step            string   `json:"step"`
	Name            string   `json:"name"`
	As              string   `json:"as"`
	Topic           string   `json:"topic"`
	From            string   `json:"from"`
	To              string   `json:"to"`
	Group           string   `json:"group"`
	Protocol        string   `json:"protocol"`
	Isolation       string   `json:"isolation"`
	TransactionalID string   `json:"transactional_id"`
	Abort           bool     `json:"abort"`
	Idempotent      bool     `json:"idempotent"`
	Acks            string   `json:"acks"`
	Compression     string   `json:"compression"`
	Values          []string `json:"values"`
	Count           int      `json:"count"`
	TimeoutMillis   int      `json:"timeout_ms"`
	Partition       int32    `json:"partition"`
	Partitions      int32    `json:"partitions"`
	Replication     int16    `json:"replication"`
	Offset          int64    `json:"offset"`
	Key             string   `json:"key"`
	Value           string   `json:"value"`
	Resource        string   `json:"resource"`
	User            string   `json:"user"`
}

type answer struct {
	Step   string `json:"step"`
	OK     bool   `json:"ok"`
	Error  string `json:"error,omitempty"`
	Class  string `json:"class,omitempty"`
	Detail any    `json:"detail"`
	Millis int64  `json:"millis"`
}

type action func(context.Context, script, step) (any, error)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var wishes script
	if err := json.Unmarshal(text, &wishes); err != nil {
		panic(err)
	}
	answers := json.NewEncoder(os.Stdout)
	for _, wish := range wishes.Steps {
		if err := answers.Encode(run(wishes, wish)); err != nil {
			panic(err)
		}
	}
}

func run(wishes script, wish step) answer {
	result := answer{Step: wish.Name}
	if wish.Name == "" {
		result.Step = wish.Step
	}
	start := time.Now()
	detail, err := attempt(wishes, wish)
	result.Millis = time.Since(start).Milliseconds()
	if err == nil {
		result.OK, result.Detail = true, detail
		return result
	}
	result.Error, result.Class, result.Detail = name(err), fmt.Sprintf("%T", err), err.Error()
	return result
}

func attempt(wishes script, wish step) (any, error) {
	known, ok := actions()[wish.Step]
	if !ok {
		return nil, unsupported(wish.Step)
	}
	patience := 20 * time.Second
	if wish.TimeoutMillis > 0 {
		patience = time.Duration(wish.TimeoutMillis) * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return known(ctx, wishes, wish)
}

type unsupported string

func (u unsupported) Error() string { return "this client has no step `" + string(u) + "`" }

// name is Kafka's for an error the broker sent, else the type of the client's own.
func name(err error) string {
	var kafka *kerr.Error
	var unknown unsupported
	switch {
	case errors.As(err, &kafka):
		return kafka.Message
	case errors.As(err, &unknown):
		return "UnsupportedStep"
	case errors.Is(err, context.DeadlineExceeded):
		return "Timeout"
	}
	return fmt.Sprintf("%T", err)
}

func actions() map[string]action {
	all := map[string]action{"produce": produce, "consume": consume, "copy": transfer, "share": share}
	for name, administrate := range administration {
		all[name] = administer(administrate)
	}
	return all
}
