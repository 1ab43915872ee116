package io.patrolagent.agentrunner.tool;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools that a model is offered, in a fixed order. Thread-safe as they are. */
public final class Toolbox {

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  public Toolbox(List<Tool> tools) {
    for (Tool tool : tools) {
      if (this.tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException("two tools are called " + tool.name());
      }
    }
  }

  public List<ToolSpecification> specifications() {
    return tools.values().stream().map(Tool::specification).toList();
  }

  /**
   * The tool of that name.
   *
   * @throws ToolRefusal if there is no such tool; it names those that there are
   */
  public Tool find(String name) throws ToolRefusal {
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new ToolRefusal(
          "there is no tool '" + name + "'; the tools are " + String.join(", ", tools.keySet()));
    }
    return tool;
  }
}
