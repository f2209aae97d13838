// Package linker turns text into skills with evidence, and job titles into
// occupations. It needs nothing but a taxonomy and can be used alone.
//
// A [Linker] answers four questions, each with its own trade-off:
//
//   - [Linker.Link]: which skills does this document ask for? Precision first:
//     what it returns is counted in figures.
//   - [Linker.Rank]: which skills are nearest to this sentence? Recall first: the
//     best N, for a person or a later stage to choose from.
//   - [Linker.Name]: which skill does this item of a skills list mean?
//   - [Linker.Classify]: which ISCO-08 group and occupation does this job title mean?
//
// A [CredentialFinder], which needs no taxonomy, answers a fifth: which licences,
// registrations and certificates does this document ask for by name?
//
// Glossary:
//
//   - name: a preferred or alternative label of a skill in one language, or a
//     reviewed one of aliases.csv. A preferred label is the official name.
//   - stem, lemma, light form: a word without any ending, without inflection,
//     without plural ending. Names of several words compare lemmas, single words
//     light forms; stems only find candidates.
//   - weight of a word: its rarity, half among the names, half in the
//     descriptions; 0 for function words. The mass of a name is that of its words.
//   - phrase: a name that stands in the text word for word, articles aside.
//   - window: the stretch of a sentence that fits a name best. Its fit is the
//     share of the name's mass that it holds, less for words between and words
//     out of order.
//   - trust: how far a name alone is evidence of its skill. "Current" leads a
//     person to electricity, but in a text it is hardly ever that.
//   - hint: a name of aliases.csv that often means the skill; it ranks it, but is
//     no evidence alone.
//   - aside: a sentence about benefits, the application or the law.
//   - cue: a word or phrase of words/<language>.txt that tells what a sentence is
//     about, or how firmly something is asked for.
//   - nearness: the cosine of a sentence and a skill in the embedding that [Train]
//     learns, in deviations from that of a sentence and a skill it does not name.
//
// The second stage, for a sentence:
//
//	phrases:    at each word the longest name in a trie that reads the same; a
//	            trusted name keeps its words for itself
//	windows:    the names whose heaviest word is there and of whose mass
//	            leastCoverage is there, in order, without another preposition
//	candidates: the skills with the largest cosine and BM25 over an inverted index,
//	            those for which the words say most in the embedding, and the above
//	features:   of each candidate, see the feat constants
//	logit:      constant + weights x features
//
// Rank takes the text as one sentence and returns the candidates by their logits;
// in a language with few names for a skill, likeness by letters is added for texts
// that may be a name.
//
// Link:
//
//	cut the text into sentences, lines and list items; tell the language of each,
//	what it is about, and the heading above it
//	for each sentence that may ask for something:
//	  leave out  single words that are no phrase, windows that lose the sense of
//	             the name, what is negated, or part of the name of a place or job
//	  p          = the line of its kind of evidence, from the logit
//	  yield      of loose candidates on the same words the likelier one has them
//	  p          = a last line, fitted on what remains
//	  damp       what the sentence does not ask for (see gateOf)
//	keep the best find of each skill from the threshold on
//
// The weights and lines are fitted whenever a linker is made, on the features of
// annotated sentences in calibration.csv.gz, with nearness where there is a model.
// A score of 0.7 of Link is right in about seven of ten cases by the judgement of
// the people who annotated these sentences.
//
// Find, of a credential finder:
//
//	for each sentence:
//	  at each word the longest entry of credentials.csv or title in a trie
//	  a bare name (ITIL) counts beside a word that bears it (certificate)
//	  general forms where no entry stands: member of the Institute of …
//	  requirement = the nearest cue, else that of the line above the list
//	  leave       what is negated, or what the employer offers or has
//
// Classify:
//
//	names = labels of occupations, titles.csv, crosswalks of national occupations
//	for each ISCO-08 unit group, add up the weighted evidence:
//	  likeness  log of the sum over its names of exp(12 cosine), the cosine over
//	            words and runs of 3 and 4 letters, in the language and in English
//	  kin       what each word makes likelier: the group and the groups around it
//	  profile   the words of the title, and of the description, among the group's
//	  phrase    a name that stands in the title, or in the description
//	probability = 0.83 times the softmax of the evidence, with room for a group
//	              without names: titles that name it plainly are coded so that often
//
// Of names that read alike only one is kept: a reviewed one before a preferred
// before an alternative one, then that of the skill which more occupations need,
// then that of the smaller URI.
//
// The word lists and the CSV files are data with reasons, open to review. No
// label list of any evaluation set is in them.
package linker
