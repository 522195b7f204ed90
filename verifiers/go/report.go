package main

import (
	"fmt"
	"io"
)

// Level is what a finding means for the answer.
type Level int

const (
	Note       Level = iota // changes nothing
	Incomplete              // exit 2
	Undecided               // exit 3
	Tampered                // exit 1
)

var levelNames = [...]string{"note", "incomplete", "undecided", "tampered"}
var exits = [...]int{0, 2, 3, 1}
var verdicts = [...]string{"verified", "TAMPERED", "incomplete", "cannot decide"}

// Finding is one fault, in a file of the bundle or a leaf as "transfers 17".
type Finding struct {
	Level       Level
	Where, What string
}

const maxFindings = 1000

// Report gathers findings; beyond the first thousand they are only counted.
type Report struct {
	Findings []Finding
	More     int
	Open     int
	worst    Level
}

func (r *Report) add(level Level, where, what string) {
	if level > r.worst {
		r.worst = level
	}
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, Finding{level, where, what})
	} else {
		r.More++
	}
}

// Exit is 0 if every check was made and holds, 1 tampered, 2 incomplete, 3 cannot decide.
func (r *Report) Exit() int { return exits[r.worst] }

func (r *Report) print(to io.Writer) {
	for _, f := range r.Findings {
		fmt.Fprintf(to, "%s: %s: %s\n", levelNames[f.Level], f.Where, f.What)
	}
	if r.More > 0 {
		fmt.Fprintf(to, "and %d more\n", r.More)
	}
	fmt.Fprintln(to, verdicts[r.Exit()])
}
