# %% [markdown]
# # First steps
#
# A model is a file.
# This notebook reads the example of the district of Düren as it is today, asks what falls through between the
# authorities, looks at the diagram and writes the page for the steering group.
#
# Open it in JupyterLab (with Jupytext), VS Code or PyCharm, or run it as a script: `python first_steps.py`.

# %%
from pathlib import Path

import ankunft_model as am

EXAMPLE = Path(__file__).parents[1] / "dueren" if "__file__" in globals() else Path("../dueren")
RESULTS = Path("results")
RESULTS.mkdir(exist_ok=True)

# %% [markdown]
# ## Read
#
# If something were wrong with the file, `read` would say everything at once, with line and column.

# %%
model = am.read(EXAMPLE / "as_is.yaml")
print(model.label("en"))
print(len(model.nodes), "steps, events and decisions;", len(model.handovers), "handovers")

# %% [markdown]
# ## Check
#
# `check` returns the findings: each with its message, a suggestion, and the run of the process that shows it.
# The object itself is shown as a table; here are the two that cost the family money.

# %%
findings = model.check()
findings

# %%
for finding in [*findings.by_rule("benefit-gap"), *findings.by_rule("payment-gap")]:
    print(finding.message.en)
    print("  suggestion:", finding.recommendation.en)
    print("  shown by:  ", " → ".join(finding.witness))

# %% [markdown]
# Findings are plain data; `findings.to_pandas()` makes a table of them where pandas is installed.

# %%
worst = sorted({finding.rule for finding in findings.errors})
print(len(findings), "findings,", len(findings.errors), "of them errors:", ", ".join(worst))

# %% [markdown]
# ## See
#
# The model itself is shown as its diagram, with the findings marked.
# Many lanes on one sheet are hard to read; `only` shows some organisations in full and closes the others.

# %%
model

# %%
model.to_bpmn(RESULTS / "dueren.bpmn")  # opens in Camunda Modeler
picture = model.to_svg(RESULTS / "jobcenter.svg", only=["jobcenter"], findings=findings)
print(len(picture), "characters of SVG")

# %% [markdown]
# ## Report
#
# One page, today and planned side by side, to be sent by e-mail: it needs no network.

# %%
planned = am.read(EXAMPLE / "to_be.yaml")
model.report(RESULTS / "dueren.html", to_be=planned)
print(sorted(path.name for path in RESULTS.iterdir()))
