/** The tests that a mutant of what makes the lock has to survive: its page, word for word, and what holds for every configuration. */
import "../../infra/documents/lock-page.test";
import "../../infra/documents/service-control-policies.test";
