package linker

// titleWords is how many content words a title must have to be a name.
const titleWords = 3

// addTitle adds a title of a catalogue that is specific enough. It counts where
// it, or a word beside it, says that it is a credential: "Health and safety
// awareness" is the title of a course, but in a vacancy mostly a skill. A title
// that reads as a name that is known gives that name its id.
func (s *credentialSet) addTitle(t CredentialTitle) {
	tokens := s.read(t.Title)
	for _, id := range s.at(nil, t.Title, tokens, false) {
		if known := s.entries[id].name; known != "" {
			if s.ids[known] == "" {
				s.ids[known] = t.ID
			}
			return
		}
	}
	e, content := credentialEntry{kind: KindMicroCredential, name: t.Title, beside: true}, 0
	for i := range tokens {
		if tokens[i].class&function == 0 {
			content++
		}
		for _, id := range s.at(nil, t.Title, tokens[i:i+1], false) {
			e.beside = e.beside && s.entries[id].kind != cueBearing
		}
	}
	if content < titleWords {
		return
	}
	if tokens[0].letters == titleCase {
		tokens[0].letters = lowerCase // the head of a title has a capital anyhow
	}
	s.ids[t.Title] = t.ID
	s.add(e, t.Title, tokens)
}
