/** The tests that a mutant of what makes policies has to survive: the pages that have them word for word, and what holds for every configuration. */
import "../../infra/documents/documents-page.test";
import "../../infra/documents/lock-page.test";
import "../../infra/documents/log-storage-policies.test";
import "../../infra/documents/places.test";
import "../../infra/documents/quotas.test";
import "../../infra/documents/reader-roles.test";
import "../../infra/documents/stores.test";
import "../../infra/documents/service-control-policies.test";
