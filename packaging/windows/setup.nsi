; The installer. making/installer.py gives it VERSION, NUMBERS, OUT, ICONS, SIZE_KB, SIGN and parts.nsh.
; Exit codes: 0 done, 1 cancelled, 2 broken off, 3 the program runs, 4 a newer version is installed,
; 5 Windows is too old, 6 administrator's rights are needed, 7 no space, 8 there is no such profile,
; 9 installed, but the program cannot be started.

Unicode true
Target amd64-unicode
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include parts.nsh ; Unpack; EachFolder, EachFile and EachProgram: what the tree holds

!define TITLE "年报台"
!define PROGRAM "reportdesk"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PROGRAM}"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}.exe"
!define CLASSES "Software\Classes"
!define KIND "${PROGRAM}.gknb"
!define FORM_KIND "${PROGRAM}.gkform"
!define UNFINISHED "$INSTDIR\unfinished.txt" ; there as long as old parts may be the good ones
!define PATIENCE 20 ; half seconds: how long a scanner may look at a file of ours
!define OLDEST_BUILD 17763 ; Windows 10 1809, the oldest that Qt names

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PROGRAM}"
RequestExecutionLevel user
ManifestSupportedOS all
ManifestDPIAware true
CRCCheck force
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${TITLE} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "${TITLE}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileDescription "${TITLE}安装程序"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 LegalCopyright "Apache License 2.0"

!if "${SIGN}" != ""
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Everybody ; "1": for all users of this PC
Var UnitFile  ; a district's profile file to take along, or nothing
Var Welcome
Var Swapped   ; "1" while old parts are put aside, "2" from the moment that all were

!define MUI_ICON "${ICONS}\reportdesk.ico"
!define MUI_UNICON "${ICONS}\reportdesk.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "wizard.bmp" ; drawn by making/wizard.py
!define MUI_WELCOMEPAGE_TITLE "安装${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$Welcome"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${TITLE}已装好"
!define MUI_FINISHPAGE_TEXT "桌面和“开始”菜单里都有“${TITLE}”的图标。$\r$\n$\r$\n双击 .gknb 年报文件，也会用它打开。"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${TITLE}"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上卸载${TITLE}。你填写的年报不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

!macro Refuse code sentence
  MessageBox MB_OK|MB_ICONSTOP "${sentence}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

; -- before anything is done

Function .onInit
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse 5 "这台电脑的 Windows 太旧，装不了${TITLE}。$\r$\n$\r$\n需要 64 位的 Windows 10（1809 版）或更新的 Windows。请换一台电脑，或请单位的电脑管理员升级系统。"
  ${EndIf}
  Call ChooseWhose
  Call ChooseFolder
  Call AskBeforeOlder
  Call FindProfile
  Call RefuseWhileRunning
  Call RefuseWithoutSpace
FunctionEnd

Function ChooseWhose
  ; For everybody if that is asked for, or if it was so the last time.
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $Everybody 1
  ${EndIf}
  ReadRegStr $R1 HKLM "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $R1 != ""
    StrCpy $Everybody 1
  ${EndIf}
  ${If} $Everybody != 1
    Return
  ${EndIf}
  UserInfo::GetAccountType
  Pop $R1
  ${If} $R1 != "Admin"
    ${If} ${Silent}
      SetErrorLevel 6
      Quit
    ${EndIf}
    ClearErrors
    ExecShell "runas" "$EXEPATH" "$R0"
    ${If} ${Errors}
      !insertmacro Refuse 6 "为这台电脑的所有用户安装，需要管理员同意。$\r$\n$\r$\n没有安装任何东西。请联系单位的电脑管理员。"
    ${EndIf}
    Quit
  ${EndIf}
  SetShellVarContext all
FunctionEnd

Function ChooseFolder
  ; /D= wins, then where it stands already.
  ReadRegStr $R1 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $INSTDIR == "$LOCALAPPDATA\Programs\${PROGRAM}"
  ${OrIf} $Everybody == 1
    StrCpy $R2 ""
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/D=" $R2
    ${If} $R1 != ""
      StrCpy $INSTDIR $R1
    ${ElseIf} $Everybody == 1
    ${AndIf} $R2 == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\${PROGRAM}"
    ${EndIf}
  ${EndIf}
  StrCpy $Welcome "将装到：$\r$\n$INSTDIR$\r$\n$\r$\n不联网，几秒钟就好。装好后桌面上会有“${TITLE}”的图标。"
  ${If} $R1 != ""
    ReadRegStr $R2 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
    StrCpy $Welcome "这台电脑上已有${TITLE} $R2，将更新为 ${VERSION}。$\r$\n$\r$\n你的设置和年报都会原样保留。"
    ${If} $R2 == "${VERSION}"
      StrCpy $Welcome "这台电脑上已有${TITLE} ${VERSION}，将重新安装一遍。$\r$\n$\r$\n你的设置和年报都会原样保留。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function AskBeforeOlder
  ReadRegStr $R1 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $R1 == ""
    Return
  ${EndIf}
  ${VersionCompare} "$R1" "${VERSION}" $R2
  ${If} $R2 == 1
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/DOWNGRADE" $R3
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "这台电脑上的${TITLE} $R1 比这个安装文件（${VERSION}）新。$\r$\n$\r$\n换成旧的，新版本保存的年报可能打不开。要换成旧的吗？" /SD IDNO IDNO`
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function FindProfile
  ; Named by /PROFILE=, else the one that lies beside the setup.
  ${GetParameters} $R0
  ${WordReplace} $R0 '"/PROFILE=' '/PROFILE="' "+" $R0 ; as PowerShell quotes a path with a blank
  ClearErrors
  ${GetOptions} $R0 "/PROFILE=" $R1
  ${If} ${Errors}
    FindFirst $R2 $R1 "$EXEDIR\*.gkprofile"
    ${If} $R1 != ""
      StrCpy $UnitFile "$EXEDIR\$R1"
    ${EndIf}
    FindClose $R2
    ClearErrors
    Return
  ${EndIf}
  ${IfNot} ${FileExists} "$R1"
    StrCpy $R1 "$EXEDIR\$R1"
  ${EndIf}
  ${IfNot} ${FileExists} "$R1"
    !insertmacro Refuse 8 "找不到 /PROFILE= 后面写的单位资料文件。$\r$\n$\r$\n没有安装任何东西。请核对文件的位置和名称。"
  ${EndIf}
  StrCpy $UnitFile "$R1"
FunctionEnd

!macro RefuseWhileInUse un
Function ${un}RefuseWhileRunning
  ; A program that runs, and a scanner that looks at it, keep others from writing into its file.
  again:
  StrCpy $R2 ""
  !insertmacro EachProgram TestInUse
  ${If} $R2 != ""
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正在运行，请先保存年报并关闭它，再点“重试”。$\r$\n$\r$\n如果已经关闭，可能是安全软件正在检查它，请等一分钟再试。" /SD IDCANCEL IDRETRY again
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd
!macroend
!macro TestInUse file
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $R1 "$INSTDIR\${file}" a
    ${If} ${Errors}
      StrCpy $R2 "${file}"
    ${Else}
      FileClose $R1
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro RefuseWhileInUse ""
!insertmacro RefuseWhileInUse "un."

Function RefuseWithoutSpace
  ; All is unpacked into the temporary folder first, whose drive is mostly the same.
  IntOp $R3 ${SIZE_KB} / 1024
  IntOp $R3 $R3 + 20
  ${GetRoot} "$INSTDIR" $R1
  ${GetRoot} "$TEMP" $R4
  ${If} $R1 == $R4
    IntOp $R3 $R3 * 2
  ${Else}
    StrCpy $R5 $R4
    Call RefuseSmallDrive
  ${EndIf}
  StrCpy $R5 $R1
  Call RefuseSmallDrive
FunctionEnd

Function RefuseSmallDrive
  ; $R5 is the drive, $R3 how many MB it must have.
  ClearErrors
  ${DriveSpace} "$R5\" "/D=F /S=M" $R2
  ${IfNot} ${Errors}
  ${AndIf} $R2 < $R3
    !insertmacro Refuse 7 "磁盘 $R5 的空间不够：需要 $R3 MB，只剩 $R2 MB。$\r$\n$\r$\n没有安装任何东西。请清理磁盘后再试。"
  ${EndIf}
FunctionEnd

; -- installing: old parts are put aside, new ones unpacked, then the old ones removed

!macro Restore part
  ${If} ${FileExists} "$INSTDIR\${part}.old"
    RMDir /r "$INSTDIR\${part}"
    Delete "$INSTDIR\${part}"
    Rename "$INSTDIR\${part}.old" "$INSTDIR\${part}"
  ${ElseIf} $Swapped == 2 ; all that is without an old part is new
    RMDir /r "$INSTDIR\${part}"
    Delete "$INSTDIR\${part}"
  ${EndIf}
!macroend
!macro PutAside part
  ${If} ${FileExists} "$INSTDIR\${part}"
    Push "${part}"
    Call PutAside
  ${EndIf}
!macroend
!macro LookForOld part
  ${If} ${FileExists} "$INSTDIR\${part}.old"
    StrCpy $R2 "${part}.old"
  ${EndIf}
!macroend
!macro RemoveOldFolder part
  RMDir /r "$INSTDIR\${part}.old"
!macroend
!macro RemoveOldFile part
  Delete "$INSTDIR\${part}.old"
!macroend
!macro RemoveFolder part
  RMDir /r "$INSTDIR\${part}"
!macroend
!macro RemoveFile part
  Delete "$INSTDIR\${part}"
!macroend

Function RestoreParts
  ; $R2 afterwards: an old part that could not be put back, or nothing.
  ${ForEach} $R3 1 ${PATIENCE} + 1
    !insertmacro EachFolder Restore
    !insertmacro EachFile Restore
    StrCpy $Swapped 1 ; what stands now is old
    StrCpy $R2 ""
    !insertmacro EachFolder LookForOld
    !insertmacro EachFile LookForOld
    ${If} $R2 == ""
      Delete "${UNFINISHED}"
      Return
    ${EndIf}
    Sleep 500
  ${Next}
FunctionEnd

Function SettleEarlier
  ; Of an installation that was broken off the old parts are the good ones; else they are waste that somebody held.
  ${If} ${FileExists} "${UNFINISHED}"
    Call RestoreParts
    StrCpy $Swapped 0
    ${If} $R2 != ""
      Abort
    ${EndIf}
  ${EndIf}
  ${ForEach} $R3 1 ${PATIENCE} + 1
    !insertmacro EachFolder RemoveOldFolder
    !insertmacro EachFile RemoveOldFile
    StrCpy $R2 ""
    !insertmacro EachFolder LookForOld
    !insertmacro EachFile LookForOld
    ${If} $R2 == ""
      Return
    ${EndIf}
    Sleep 500
  ${Next}
  Abort
FunctionEnd

Function PutAside
  ; A scanner that looks at a file keeps it, and the folder around it, from being renamed for a while.
  Pop $R1
  ${ForEach} $R3 1 ${PATIENCE} + 1
    ClearErrors
    Rename "$INSTDIR\$R1" "$INSTDIR\$R1.old"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 500
  ${Next}
  Abort
FunctionEnd

Function RollBack
  SetOutPath "$TEMP"
  Call RestoreParts
  StrCpy $Swapped 0
  ReadRegStr $R1 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $R1 == "" ; the first installation leaves nothing
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

Function .onInstFailed
  ${If} $Swapped > 0
    Call RollBack
  ${EndIf}
  MessageBox MB_OK|MB_ICONSTOP "没有装成：有文件写不进去。$\r$\n$\r$\n原来的程序、设置和年报都没有动。请关闭安全软件的拦截提示、清理磁盘后再试。" /SD IDOK
  SetErrorLevel 2
FunctionEnd

Section
  SetRegView 64
  SetOutPath "$INSTDIR"
  Call SettleEarlier
  ClearErrors
  FileOpen $R1 "${UNFINISHED}" w
  FileClose $R1
  ${If} ${Errors}
    Abort
  ${EndIf}
  StrCpy $Swapped 1
  !insertmacro EachFolder PutAside
  !insertmacro EachFile PutAside
  StrCpy $Swapped 2
  DetailPrint "正在复制文件…"
  SetDetailsPrint none ; two thousand names tell a clerk nothing
  !insertmacro Unpack
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    Abort
  ${EndIf}
  StrCpy $Swapped 0
  Delete "${UNFINISHED}"
  SetDetailsPrint textonly
  DetailPrint "正在收尾…"
  SetDetailsPrint none
  !insertmacro EachFolder RemoveOldFolder
  !insertmacro EachFile RemoveOldFile
  Call TakeProfile
  Call MakeShortcuts
  Call Register
  Call TryProgram
  Call TakeForms
SectionEnd

Function TakeProfile
  ${If} $UnitFile != ""
    CreateDirectory "$INSTDIR\${DISTRICT}"
    Delete "$INSTDIR\${DISTRICT}\*.gkprofile"
    ${GetFileName} "$UnitFile" $R1
    CopyFiles /SILENT "$UnitFile" "$INSTDIR\${DISTRICT}\$R1"
  ${EndIf}
FunctionEnd

Function MakeShortcuts
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${PROGRAM}.exe" "" "" 0 SW_SHOWNORMAL "" "填写、审核、打印政府信息公开工作年度报告"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${PROGRAM}.exe" "" "" 0 SW_SHOWNORMAL "" "填写、审核、打印政府信息公开工作年度报告"
FunctionEnd

Function Register
  WriteRegStr SHCTX "${CLASSES}\${KIND}" "" "政府信息公开年报"
  WriteRegStr SHCTX "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\${PROGRAM}.exe,1"
  WriteRegStr SHCTX "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}.exe" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.gknb" "" "${KIND}"
  WriteRegStr SHCTX "${CLASSES}\.gknb\OpenWithProgids" "${KIND}" ""
  WriteRegStr SHCTX "${CLASSES}\${FORM_KIND}" "" "年报台表样"
  WriteRegStr SHCTX "${CLASSES}\${FORM_KIND}\DefaultIcon" "" "$INSTDIR\${PROGRAM}.exe,0"
  WriteRegStr SHCTX "${CLASSES}\${FORM_KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}.exe" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.gkform" "" "${FORM_KIND}"
  WriteRegStr SHCTX "${PATHS_KEY}" "" "$INSTDIR\${PROGRAM}.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  ${RefreshShellIcons}
FunctionEnd

Function TryProgram
  ; Said now, not when the clerk wants to begin.
  nsExec::Exec '"$INSTDIR\${PROGRAM}-cli.exe" --version'
  Pop $R1
  ${If} $R1 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "文件都已装好，但${TITLE}打不开，多半是被安全软件拦截。$\r$\n$\r$\n请在安全软件里把下面的文件夹加入信任区，再打开${TITLE}：$\r$\n$INSTDIR" /SD IDOK
    SetErrorLevel 9
  ${EndIf}
FunctionEnd

Function TakeForms
  ; Editions of the form and rules that lie beside the setup; the program itself looks whether they are sound.
  FindFirst $R2 $R1 "$EXEDIR\*.gkform"
  ${DoWhile} $R1 != ""
    nsExec::Exec '"$INSTDIR\${PROGRAM}-cli.exe" form "$EXEDIR\$R1"'
    Pop $R3
    ${If} $R3 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "${TITLE}已装好，但旁边的“$R1”没有导入：它损坏了，或者程序里已经有了。$\r$\n$\r$\n双击那个文件可以看到原因。" /SD IDOK
    ${EndIf}
    FindNext $R2 $R1
  ${Loop}
  FindClose $R2
FunctionEnd

Function OpenProgram
  ${If} $Everybody == 1
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}.exe"' ; without the administrator's rights
  ${Else}
    Exec '"$INSTDIR\${PROGRAM}.exe"'
  ${EndIf}
FunctionEnd

; -- removing

Function un.onInit
  SetRegView 64
  ReadRegStr $R1 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $R1 == $INSTDIR
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${IfNot} ${Silent}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      SetErrorLevel 6
      Quit
    ${EndIf}
    SetShellVarContext all
  ${EndIf}
  Call un.RefuseWhileRunning
FunctionEnd

!macro Dissociate suffix kind
  ReadRegStr $R1 SHCTX "${CLASSES}\${suffix}" ""
  ${If} $R1 == "${kind}" ; somebody may have given it to another program since
    DeleteRegValue SHCTX "${CLASSES}\${suffix}" ""
  ${EndIf}
  DeleteRegKey /ifempty SHCTX "${CLASSES}\${suffix}"
!macroend

Section Uninstall
  SetRegView 64
  SetOutPath "$TEMP"
  !insertmacro EachFolder RemoveFolder
  !insertmacro EachFile RemoveFile
  !insertmacro EachFolder RemoveOldFolder
  !insertmacro EachFile RemoveOldFile
  Delete "${UNFINISHED}"
  RMDir /r "$INSTDIR\${DISTRICT}" ; profiles, and what was taken in of a .gkform
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays if there is anything in it that is not ours
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey SHCTX "${CLASSES}\${KIND}"
  DeleteRegKey SHCTX "${CLASSES}\${FORM_KIND}"
  DeleteRegValue SHCTX "${CLASSES}\.gknb\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.gknb\OpenWithProgids"
  !insertmacro Dissociate .gknb ${KIND}
  !insertmacro Dissociate .gkform ${FORM_KIND}
  DeleteRegKey SHCTX "${PATHS_KEY}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  ${RefreshShellIcons}
  Call un.AskForSettings
SectionEnd

Function un.AskForSettings
  SetShellVarContext current
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/SETTINGS" $R1
  ${If} ${Errors}
    ${IfNot} ${FileExists} "$APPDATA\${PROGRAM}\*.*"
    ${AndIfNot} ${FileExists} "$LOCALAPPDATA\${PROGRAM}\*.*"
      Return
    ${EndIf}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "年报文件都留着，没有删除。$\r$\n$\r$\n设置、本单位资料、年报列表和保留的旧版本，也要一起删除吗？以后还要用${TITLE}，请点“否”。" /SD IDNO IDYES remove
    Return
  ${EndIf}
  remove:
  RMDir /r "$APPDATA\${PROGRAM}"
  RMDir /r "$LOCALAPPDATA\${PROGRAM}"
FunctionEnd
