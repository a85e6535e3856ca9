package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl"
	"github.com/twmb/franz-go/pkg/sasl/oauth"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

// caller is who a step connects as.
type caller struct {
	Bootstrap   string `json:"bootstrap"`
	Mechanism   string `json:"mechanism"`
	Username    string `json:"username"`
	Password    string `json:"password"`
	TokenFile   string `json:"token_file"`
	CA          string `json:"ca"`
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

// connection is what a client needs to connect as the step's caller.
func connection(wishes script, wish step) ([]kgo.Opt, error) {
	who, ok := wishes.Callers[wish.As]
	if !ok {
		return nil, fmt.Errorf("the script has no caller `%s`", wish.As)
	}
	bootstrap := who.Bootstrap
	if bootstrap == "" {
		bootstrap = wishes.Bootstrap
	}
	options := []kgo.Opt{
		kgo.SeedBrokers(strings.Split(bootstrap, ",")...),
		kgo.ClientID("conformance"),
		kgo.RequestRetries(5),
		kgo.RetryTimeout(15 * time.Second),
	}
	if who.CA != "" {
		config, err := encryption(who)
		if err != nil {
			return nil, err
		}
		options = append(options, kgo.DialTLSConfig(config))
	}
	if mechanism := login(who); mechanism != nil {
		options = append(options, kgo.SASL(mechanism))
	}
	return options, nil
}

func encryption(who caller) (*tls.Config, error) {
	authority, err := os.ReadFile(who.CA)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	config.RootCAs.AppendCertsFromPEM(authority)
	if who.Certificate != "" {
		own, err := tls.LoadX509KeyPair(who.Certificate, who.Key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{own}
	}
	return config, nil
}

func login(who caller) sasl.Mechanism {
	switch who.Mechanism {
	case "PLAIN":
		return plain.Auth{User: who.Username, Pass: who.Password}.AsMechanism()
	case "SCRAM-SHA-256":
		return scram.Auth{User: who.Username, Pass: who.Password}.AsSha256Mechanism()
	case "SCRAM-SHA-512":
		return scram.Auth{User: who.Username, Pass: who.Password}.AsSha512Mechanism()
	case "OAUTHBEARER":
		return oauth.Oauth(func(context.Context) (oauth.Auth, error) {
			token, err := os.ReadFile(who.TokenFile)
			return oauth.Auth{Token: strings.TrimSpace(string(token))}, err
		})
	}
	return nil
}
