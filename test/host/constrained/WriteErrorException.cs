using System;

// pwsh has a class of this name.
namespace Microsoft.PowerShell.Commands;

/// <summary>What pwsh wraps the message in.</summary>
public sealed class WriteErrorException(string message) : SystemException(message);
