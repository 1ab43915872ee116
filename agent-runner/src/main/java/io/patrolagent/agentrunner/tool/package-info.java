/**
 * What the model may call: each tool one short class with its JSON schema, over one {@code .sql}
 * file that an operator can replace. Tools only read, and answer with one JSON object.
 */
@NullMarked
package io.patrolagent.agentrunner.tool;

import org.jspecify.annotations.NullMarked;
