package pipeline

import "sync"

// memo remembers the answers of a pure function. Feeds repeat the same titles
// and skill names hundreds of times. It is safe for concurrent use and grows
// with the distinct questions of one night.
type memo[A any] struct{ answers sync.Map }

// get returns the answer for text in a language, asking ask the first time.
func (m *memo[A]) get(text, language string, ask func(text, language string) A) A {
	key := [2]string{text, language}
	if a, ok := m.answers.Load(key); ok {
		return a.(A)
	}
	a := ask(text, language)
	m.answers.Store(key, a)
	return a
}
