// Command verify checks an exported audit bundle of Douane against keys that were pinned before. It shares no
// code with Douane: the signed note and the Merkle tree are golang.org/x/mod/sumdb's, the rest is the standard
// library. Exit codes: 0 verified, 1 tampered, 2 incomplete, 3 cannot decide.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

func main() {
	// A laptop's memory is worth more here than a tenth of the time.
	debug.SetGCPercent(50)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(errs)
	pin := flags.String("pin", "", "public keys of the log, got from somewhere else than the bundle")
	pinRoot := flags.String("pin-root", "", "root certificate (PEM), got from somewhere else than the bundle")
	pinTSA := flags.String("pin-tsa", "", "root certificate (PEM) of the time-stamping authority, as it publishes it")
	witnesses := flags.String("witnesses", "", "C2SP tlog-policy: which witnesses must have cosigned the head")
	earlier := flags.String("earlier", "", "a signed checkpoint that you hold: the log must have grown from it")
	flags.Usage = func() {
		fmt.Fprintln(errs, "usage: verify --pin FILE [--pin-root FILE] [--pin-tsa FILE] [--witnesses FILE] [--earlier FILE] BUNDLE")
		flags.PrintDefaults()
	}
	if flags.Parse(args) != nil || flags.NArg() != 1 {
		flags.Usage()
		return 3
	}
	pinText, err := readPin(*pin)
	if err != nil {
		fmt.Fprintln(errs, "the pin file cannot be read")
		return 3
	}
	var asked Asked
	for _, file := range []struct {
		to         *[]byte
		path, what string
	}{
		{&asked.Root, *pinRoot, "the root certificate"},
		{&asked.StampRoot, *pinTSA, "the root certificate of the time-stamping authority"},
		{&asked.Witnesses, *witnesses, "the policy of witnesses"},
		{&asked.Earlier, *earlier, "the earlier checkpoint"},
	} {
		if *file.to, err = readPin(file.path); err != nil {
			fmt.Fprintln(errs, file.what, "cannot be read")
			return 3
		}
	}
	report := Verify(flags.Arg(0), pinText, asked)
	report.print(out)
	return report.Exit()
}

func readPin(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	return os.ReadFile(path)
}
